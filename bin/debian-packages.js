/** Debian packages (the real clients of tests/debian-packages.txt, the peers of bench), installed when they are missing and we may. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDirectory } from './install.js'

export function installMissingDebianPackages() {
  installMissingPackages(wantedPackages())
}

/** @param {readonly string[]} names */
export function installMissingPackages(names) {
  if (!existsSync('/usr/bin/dpkg-query')) {
    console.log('This is no Debian: tests that need its mail clients or its browser say so and are skipped.')
    return
  }
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    console.log(`What needs them is skipped. To run it all: sudo apt-get install ${missing.join(' ')}`)
    return
  }
  console.log(`Installing Debian packages: ${missing.join(' ')} …`)
  apt(['update', '-qq'])
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing])
}

function wantedPackages() {
  const lines = readFileSync(join(projectDirectory, 'tests/debian-packages.txt'), 'utf8').split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
}

function isInstalled(name) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
  return stdout === 'installed'
}

/** A failure is shown and not final: the tests tell what they miss. */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8', maxBuffer: 1e8 })
  if (status !== 0) console.error(`apt-get ${args[0]} failed:\n${stdout}${stderr}`)
}

/** The packages of package-lock.json, installed when they are missing or when the lock file has changed. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectDirectory = fileURLToPath(new URL('..', import.meta.url))

const inProject = (path) => join(projectDirectory, path)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

export function installMissingPackages() {
  if (major < 20 || (major === 20 && minor < 9)) {
    fail(`Node ${process.versions.node} is too old here: install Node 20.9 or newer, any version will do.`)
  }
  if (!isInstalled()) {
    console.log('Installing packages. This happens once, and again after an update …')
    // No package's own install script is needed, so none is allowed to run.
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    run('npm', ['ci', ...options], 'The packages could not be installed; see above.')
  }
  if (!isGenerated()) run(packagedNode(), [inProject('bin/generate.js')], 'Not started.')
}

/** The Node 24 that came with the packages; the host's own where there is none for this platform. */
export function packagedNode() {
  const packaged = inProject('node_modules/.bin/node')
  if (existsSync(packaged)) return packaged
  if (major >= 24) return process.execPath
  return fail(`There is no packaged Node for ${process.platform}-${process.arch}: install Node 24 and start again.`)
}

/** npm writes its own copy of the lock file when an installation is complete. */
function isInstalled() {
  const installed = statSync(inProject('node_modules/.package-lock.json'), { throwIfNoEntry: false })
  return installed !== undefined && installed.mtimeMs >= statSync(inProject('package-lock.json')).mtimeMs
}

/** The file in which the generated client keeps the hash of the schema that it was made from. */
export const generatedMark = inProject('lib/db/generated/schema.sha256')

export function schemaHash() {
  return createHash('sha256')
    .update(readFileSync(inProject('prisma/schema.prisma')))
    .digest('hex')
}

function isGenerated() {
  return existsSync(generatedMark) && readFileSync(generatedMark, 'utf8') === schemaHash()
}

export function run(program, args, problem) {
  const result = spawnSync(program, args, { cwd: projectDirectory, stdio: 'inherit' })
  if (result.status !== 0) fail(result.error ? `${problem} (${result.error.message})` : problem)
}

function fail(problem) {
  console.error(problem)
  process.exit(1)
}

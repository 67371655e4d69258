import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ensureMasterKey } from '#lib/service/master-key.ts'
import { StartupError } from '#lib/service/startup-error.ts'

test('a master key is made for a new data directory, and never for one that has mail already', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mail-key-'))
  const file = join(directory, 'keys', 'master.key')
  ensureMasterKey({ DATA_DIR: directory })
  assert.ok(existsSync(file))
  mkdirSync(join(directory, 'postgres'))
  ensureMasterKey({ DATA_DIR: directory })
  rmSync(file)
  assert.throws(() => ensureMasterKey({ DATA_DIR: directory }), StartupError)
  assert.equal(existsSync(file), false)
  rmSync(directory, { recursive: true })
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { LogFile } from '#lib/service/log-file.ts'

test('a disk that is full costs lines of a log, and how many is said when there is room again', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mail-log-'))
  const path = join(directory, 'engine.log')
  symlinkSync('/dev/full', path)
  const log = new LogFile(path)
  const output = new PassThrough()
  log.collect(output)
  output.emit('data', Buffer.from('lost one\n'))
  output.emit('data', Buffer.from('lost two\n'))
  assert.match(log.lastLines(2), /^lost one\nlost two$/)
  rmSync(path)
  output.emit('data', Buffer.from('kept\n'))
  output.emit('data', Buffer.from('kept too\n'))
  assert.equal(readFileSync(path, 'utf8'), '\n(18 bytes of this log could not be written)\nkept\nkept too\n')
  rmSync(directory, { recursive: true })
})

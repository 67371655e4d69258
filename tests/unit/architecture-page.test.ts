/** The table of rooms in ARCHITECTURE.md names each room that there is, and none that there is not. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const page = readFileSync('ARCHITECTURE.md', 'utf8')
const named = [...page.matchAll(/`(lib\/[\w/{},.-]+)`/g)].flatMap(([, path = '']) => spelledOut(path))

/** `lib/engine/{smtp,pop3}` is two rooms. */
function spelledOut(path: string): string[] {
  const choice = /^(.*)\{(.*)\}$/.exec(path)
  return choice === null ? [path] : (choice[2] ?? '').split(',').map((name) => `${choice[1]}${name}`)
}

function roomsIn(place: string): string[] {
  const entries = readdirSync(place, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${place}/${name}`)
}

test('each room is in the table', () => {
  const rooms = [...roomsIn('lib').filter((room) => room !== 'lib/engine'), ...roomsIn('lib/engine')]
  assert.deepEqual(
    rooms.filter((room) => !named.includes(room)),
    [],
  )
})

test('and no other', () => {
  assert.deepEqual(
    named.filter((path) => !existsSync(path)),
    [],
  )
})

/** docs/asvs.md names a test or a heading for each item: they must exist. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

const APPLICABLE = 189

type Item = { readonly id: string; readonly state: string; readonly proof: string; readonly note: string }

const items: Item[] = readFileSync('docs/asvs.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => {
    const [, id = '', , , state = '', proof = '', note = ''] = line.split(' | ').flatMap(unframed)
    return { id, state, proof, note }
  })

/** The frame of a table is no part of its cells. */
function unframed(cell: string, index: number): string[] {
  return index === 0 ? ['', cell.replace(/^\| /, '')] : [cell.replace(/ ?\|$/, '').trim()]
}

/** As GitHub makes them of headings. */
function anchorsOf(file: string): Set<string> {
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)
  return new Set([...headings].map(([, text = '']) => anchorOf(text)))
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')
}

function assertProven({ proof }: Item): void {
  const link = /^\[[^\]]+\]\((?<file>[^)#]+)#(?<anchor>[^)]+)\)$/.exec(proof)?.groups
  if (link) {
    assert.ok(anchorsOf(`docs/${link.file}`).has(link.anchor ?? ''), proof)
    return
  }
  const named = /^`(?<file>[^`]+)` “(?<name>.+)”$/.exec(proof)?.groups
  assert.ok(named, `neither a test nor a heading: ${proof}`)
  assert.ok(existsSync(named.file ?? ''), proof)
  assert.ok(readFileSync(named.file ?? '', 'utf8').includes(named.name ?? ''), `no such test: ${proof}`)
}

describe('docs/asvs.md', () => {
  test(`has each of the ${APPLICABLE} applicable items once`, () => {
    assert.equal(items.length, APPLICABLE)
    assert.equal(new Set(items.map(({ id }) => id)).size, APPLICABLE)
  })

  test('proves what it says is met, and says why something is not', () => {
    for (const item of items) {
      if (item.state !== 'not met') assertProven(item)
      if (item.state !== 'met') assert.notEqual(item.note, '', `${item.id} has no reason`)
    }
  })

  test('counts rightly', () => {
    const count = (state: string) => items.filter((item) => item.state === state).length
    const text = readFileSync('docs/asvs.md', 'utf8')
    assert.ok(text.includes(`**${count('met')} met**`))
    assert.ok(text.includes(`**${count('partly')} partly**, **${count('not met')} not met**`))
  })
})

import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { reasons } from '#lib/policy/reasons.ts'

type Tree = { [key: string]: string | Tree }

const read = (locale: string): Tree => JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'))
const ja = flatten(read('ja'))
const en = flatten(read('en'))

function flatten(tree: Tree, path = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const here = path === '' ? key : `${path}.${key}`
    return typeof value === 'string' ? [[here, value]] : [...flatten(value, here)]
  })
  return new Map(entries)
}

function placeholders(text: string): string[] {
  return (text.match(/\{[a-zA-Z]+|<[a-zA-Z]+>/g) ?? []).sort()
}

const patternOf = (template: string) => template.replaceAll('.', '\\.').replaceAll(/\$\{.*?\}/g, '.+')
const found = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, text = '']) => text)

/** A source with the words that it looks up elsewhere, because letters say them too. */
function withSharedWords(source: string): string {
  const shared = found(source, /'#(lib\/[\w/-]+-words\.ts)'/g).map((file) => readFileSync(file, 'utf8'))
  return [source, ...shared].join('\n')
}

/** May a source ask for this key? By a name space of its own, and then a string of any source or a template of its own. */
function asks(source: string, strings: ReadonlySet<string>): (key: string) => boolean {
  const spaces = found(source, /Translations(?:<\w+>)?\(\s*['`]([\w.${}]+)/g).map(patternOf)
  const templates = found(source, /\(`((?:[\w.]|\$\{[^}`]*\})+)`/g).map(patternOf)
  const inSpaces = spaces.map((space) => new RegExp(`^${space}\\.(.+)$`))
  const isTemplate = new RegExp(`^(?:${templates.join('|') || '(?!)'})$`)
  return (key) =>
    inSpaces.some((inSpace) => {
      const rest = inSpace.exec(key)?.[1]
      return rest !== undefined && (strings.has(rest) || isTemplate.test(rest))
    })
}

describe('messages', () => {
  test('both languages say the same things', () => {
    assert.deepEqual([...en.keys()].sort(), [...ja.keys()].sort())
  })

  test('with the same values in them', () => {
    const different = [...ja].filter(([key, text]) => {
      return JSON.stringify(placeholders(text)) !== JSON.stringify(placeholders(en.get(key) ?? ''))
    })
    assert.deepEqual(
      different.map(([key]) => key),
      [],
    )
  })

  test('no text is empty, and each is in its language', () => {
    const isJapanese = (text: string) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)
    const inEnglish = [...en].filter(
      ([key, text]) => text === '' || (isJapanese(text) && key !== 'layout.otherLanguage'),
    )
    assert.deepEqual(
      inEnglish.map(([key]) => key),
      [],
    )
  })

  test('each is asked for somewhere', () => {
    const files = globSync(['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.ts'])
    const sources = files.filter((file) => !file.startsWith('lib/db/')).map((file) => readFileSync(file, 'utf8'))
    const strings = new Set(sources.flatMap((source) => found(source, /'([\w.]+)'/g)))
    const asking = sources.map((source) => asks(withSharedWords(source), strings))
    assert.deepEqual(
      [...ja.keys()].filter((key) => !asking.some((asksFor) => asksFor(key))),
      [],
    )
  })

  test('every reason of the engine is explained, and no other', () => {
    const explained = Object.keys((read('ja') as { events: { reason: Tree } }).events.reason).sort()
    assert.deepEqual(explained, [...Object.keys(reasons), 'unknown'].sort())
  })

  test('people are spoken to politely: no sentence ends in the plain form', () => {
    const plain = [...ja].filter(([, text]) => /(?:する|(?<![まで])した|(?<!ませ)ない|である)。/.test(text))
    assert.deepEqual(
      plain.map(([key]) => key),
      [],
    )
  })
})

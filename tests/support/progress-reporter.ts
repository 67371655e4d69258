/**
 * One line for each file that is through; everything about each test that failed, and why others were skipped. At the
 * end, which files took longest.
 */
import { basename, relative, resolve } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

type Notes = { readonly failures: string[]; readonly skips: Set<string> }
const noNotes = (): Notes => ({ failures: [], skips: new Set() })

export default async function* progressReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  // Results come file by file, though a test may be written down in another file than the one that is run: in matrix.ts.
  let notes = noNotes()
  const said = new Map<string, string>()
  const durations = new Map<string, number>()
  for await (const event of source) {
    if (event.type === 'test:stderr' || event.type === 'test:stdout') {
      const file = resolve(event.data.file)
      said.set(file, (said.get(file) ?? '') + event.data.message)
      continue
    }
    takeNote(event, notes)
    if (event.type === 'test:summary' && event.data.file === undefined) yield longestLine(durations)
    if (event.type === 'test:summary' && event.data.file !== undefined) {
      const file = resolve(event.data.file)
      durations.set(file, event.data.duration_ms)
      yield fileLine(relative('', file), event.data, notes, said.get(file) ?? '')
      notes = noNotes()
    }
    // A file that cannot even be loaded fails as a whole, and has no summary.
    if (
      event.type === 'test:fail' &&
      event.data.file !== undefined &&
      resolve(event.data.name) === resolve(event.data.file)
    ) {
      yield `✖ ${event.data.name}\n${failureLines(event.data.name, notes, said.get(resolve(event.data.file)) ?? '')}`
      notes = noNotes()
    }
  }
}

function takeNote(event: TestEvent, { failures, skips }: Notes): void {
  if (event.type === 'test:pass' && typeof event.data.skip === 'string') skips.add(event.data.skip)
  if (event.type === 'test:fail' && event.data.details.type !== 'suite') {
    const { error } = event.data.details
    failures.push(`  ✖ ${event.data.name}\n${indent(inspect(error.cause ?? error, { depth: 4 }))}`)
  }
}

type Summary = Extract<TestEvent, { type: 'test:summary' }>['data']

function fileLine(path: string, { counts, success, duration_ms }: Summary, notes: Notes, said: string): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped (${[...notes.skips].join('; ')})` : ''
  const line = `${success ? '✔' : '✖'} ${path}  ${counts.passed} passed${skipped}  ${seconds(duration_ms)}\n`
  return success ? line : line + failureLines(path, notes, said)
}

const LONGEST = 5

/** Where to look first when a suite has become slow. */
function longestLine(durations: ReadonlyMap<string, number>): string {
  const longest = [...durations].sort(([, one], [, other]) => other - one).slice(0, LONGEST)
  const named = longest.map(([file, ms]) => `${basename(file, '.test.ts')} ${seconds(ms)}`)
  return `  ${durations.size} files; the longest: ${named.join(', ')}\n`
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`

function failureLines(path: string, { failures }: Notes, said: string): string {
  const output = said === '' ? '' : `  what ${path} printed:\n${indent(said.trimEnd())}\n`
  return `${failures.join('\n')}\n${output}`
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '      ')
}

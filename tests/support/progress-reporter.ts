/** One line for each file that is through; everything about each test that failed, and why others were skipped. */
import { relative, resolve } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

type FileNotes = { readonly failures: string[]; readonly skips: Set<string>; readonly said: string[] }

export default async function* progressReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const notes = new Map<string, FileNotes>()
  for await (const event of source) {
    if (event.data === undefined || !('file' in event.data) || event.data.file === undefined) continue
    const file = resolve(event.data.file)
    const note = notes.get(file) ?? { failures: [], skips: new Set(), said: [] }
    notes.set(file, note)
    takeNote(event, note)
    if (event.type === 'test:summary') yield fileLine(relative('', file), event.data, note)
    // A file that cannot even be loaded fails as a whole, and has no summary.
    if (event.type === 'test:fail' && resolve(event.data.name) === file) {
      yield `✖ ${event.data.name}\n${failureLines(event.data.name, note)}`
    }
  }
}

function takeNote(event: TestEvent, note: FileNotes): void {
  if (event.type === 'test:stderr' || event.type === 'test:stdout') note.said.push(event.data.message)
  if (event.type === 'test:pass' && typeof event.data.skip === 'string') note.skips.add(event.data.skip)
  if (event.type === 'test:fail' && event.data.details.type !== 'suite') {
    const { error } = event.data.details
    note.failures.push(`  ✖ ${event.data.name}\n${indent(inspect(error.cause ?? error, { depth: 4 }))}`)
  }
}

type Summary = Extract<TestEvent, { type: 'test:summary' }>['data']

function fileLine(path: string, { counts, success, duration_ms }: Summary, note: FileNotes): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped (${[...note.skips].join('; ')})` : ''
  const line = `${success ? '✔' : '✖'} ${path}  ${counts.passed} passed${skipped}  ${(duration_ms / 1_000).toFixed(1)} s\n`
  return success ? line : line + failureLines(path, note)
}

function failureLines(path: string, { failures, said }: FileNotes): string {
  const output = said.length > 0 ? `  what ${path} printed:\n${indent(said.join('').trimEnd())}\n` : ''
  return `${failures.join('\n')}\n${output}`
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '      ')
}

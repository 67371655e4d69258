/** What `npm test` adds up for its last line, and which files it may try again. A test that was cancelled did not pass. */
import type { TestEvent } from 'node:test/reporters'

type Counts = Extract<TestEvent, { type: 'test:summary' }>['data']['counts']

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failedFiles: object[] = []
  for await (const { type, data } of source) {
    if (type !== 'test:summary') continue
    if (data.file === undefined) yield JSON.stringify({ ...inShort(data.counts), failedFiles })
    else if (!data.success) failedFiles.push({ file: data.file, ...inShort(data.counts) })
  }
}

function inShort({ tests, passed, skipped, todo }: Counts): { passed: number; failed: number } {
  return { passed, failed: tests - passed - skipped - todo }
}

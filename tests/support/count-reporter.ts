/** What `npm test` adds up for its last line. A test that was cancelled did not pass. */
import type { TestEvent } from 'node:test/reporters'

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if (type !== 'test:summary' || data.file !== undefined) continue
    const { tests, passed, skipped, todo } = data.counts
    yield JSON.stringify({ passed, failed: tests - passed - skipped - todo })
  }
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { baseSubject } from '#lib/mime/base-subject.ts'
import { parseSentDate } from '#lib/mime/sent-date.ts'

const subjects: readonly (readonly [subject: string, base: string, isReply: boolean])[] = [
  ['Hello', 'hello', false],
  ['Re: Hello', 'hello', true],
  ['RE:RE: Fwd:  Hello', 'hello', true],
  ['Re [list]: Hello', 'hello', true],
  ['[list] Re: Hello', 'hello', true],
  ['[list] Hello', 'hello', false],
  ['[a] [b] Re: [c] Hello', 'hello', true],
  ['Hello (fwd)', 'hello', true],
  ['Hello (fwd) (fwd) ', 'hello', true],
  ['[Fwd: Hello]', 'hello', true],
  ['[fwd: Re: [list] Hello (fwd)]', 'hello', true],
  ['[only a blob]', '[only a blob]', false],
  ['Re:', '', true],
  ['Hello\r\n\t world', 'hello world', false],
  ['Ｒｅ：  会議', '会議', true],
  ['Re: ﾒｰﾙのお知らせ', 'メールのお知らせ', true],
  ['Regarding: Hello', 'regarding: hello', false],
  ['', '', false],
]

const dates: readonly (readonly [text: string, iso: string | null])[] = [
  ['Tue, 24 Nov 2026 01:00:00 +0900', '2026-11-23T16:00:00.000Z'],
  ['24 Nov 2026 01:00 JST', '2026-11-23T16:00:00.000Z'],
  ['Tue, 24-Nov-02 10:00:00 GMT (comment)', '2002-11-24T10:00:00.000Z'],
  ['1 Jan 99 00:00:00 -0130', '1999-01-01T01:30:00.000Z'],
  ['24 November 2026', '2026-11-24T00:00:00.000Z'],
  ['yesterday', null],
  ['', null],
]

describe('the base subject of RFC 5256 §2.1', () => {
  for (const [subject, text, isReply] of subjects) {
    it(JSON.stringify(subject), () => assert.deepEqual(baseSubject(subject), { text, isReply }))
  }
})

describe('the sent date', () => {
  for (const [text, iso] of dates) {
    it(JSON.stringify(text), () => assert.equal(parseSentDate(text)?.at.toISOString() ?? null, iso))
  }
})

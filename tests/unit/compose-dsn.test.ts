import assert from 'node:assert/strict'
import { test } from 'node:test'
import { composeDsn, type DsnFacts, type ReportedRecipient } from '#lib/engine/delivery/dsn/compose-dsn.ts'

const failed: ReportedRecipient = {
  address: 'x@remote.test',
  originalRecipient: null,
  action: 'failed',
  status: '5.1.1',
  remoteHost: 'mx.remote.test',
  reply: '550 5.1.1 no such person',
}

const original = Buffer.from(
  'Received: by smtpa.infonia.test\r\nMessage-ID: <abc@infonia.test>\r\nSubject: secret plans\r\n\r\nThe body.\r\n',
)

const facts: DsnFacts = {
  site: {
    domain: 'infonia.test',
    name: { ja: 'インフォニア', en: 'Infonia' },
    supportContact: { ja: 'サポート窓口', en: 'the support desk' },
  },
  reportingHost: 'smtpa.infonia.test',
  recipient: 'taro@infonia.test',
  recipients: [failed],
  original,
  returnFull: false,
  envelopeId: null,
  arrivedAt: new Date('2026-11-24T00:00:00Z'),
  now: new Date('2026-11-24T01:00:00Z'),
  willRetryUntil: new Date('2026-11-29T00:00:00Z'),
}

type Part = { type: string; body: string }

/** A reader of its own: header, boundary, parts, as RFC 2046 §5.1 has them. */
function read(dsn: Buffer): { header: string; parts: Part[] } {
  const text = dsn.toString('latin1')
  const header = text.slice(0, text.indexOf('\r\n\r\n'))
  const boundary = /boundary="([^"]+)"/.exec(header)?.[1] ?? ''
  const sections = text.split(`\r\n--${boundary}`)
  assert.equal(sections.at(-1), '--\r\n')
  const parts = sections.slice(1, -1).map((section) => {
    const split = section.indexOf('\r\n\r\n')
    const type = /^Content-Type: ([^;\r\n]+)/m.exec(section.slice(0, split))?.[1] ?? ''
    return { type, body: section.slice(split + 4) }
  })
  return { header, parts }
}

const human = ({ parts }: { parts: Part[] }) => Buffer.from(parts[0]?.body ?? '', 'base64').toString()

test('a report has its three parts, its fields, and nothing but CRLF', () => {
  const dsn = composeDsn(facts)
  const report = read(dsn)
  assert.match(report.header, /^Content-Type: multipart\/report; report-type=delivery-status;/m)
  assert.match(report.header, /^To: <taro@infonia.test>\r$/m)
  assert.match(report.header, /^Auto-Submitted: auto-replied\r$/m)
  assert.match(report.header, /^In-Reply-To: <abc@infonia.test>\r$/m)
  assert.deepEqual(
    report.parts.map(({ type }) => type),
    ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
  )
  assert.equal(
    report.parts[1]?.body,
    'Reporting-MTA: dns; smtpa.infonia.test\r\nArrival-Date: Tue, 24 Nov 2026 00:00:00 +0000\r\n\r\n' +
      'Final-Recipient: rfc822; x@remote.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.remote.test\r\n' +
      'Diagnostic-Code: smtp; 550 5.1.1 no such person\r\nLast-Attempt-Date: Tue, 24 Nov 2026 01:00:00 +0000\r\n',
  )
  assert.doesNotMatch(dsn.toString('latin1').replaceAll('\r\n', ''), /[\r\n]|[^\x00-\x7f]/)
  assert.ok(
    dsn
      .toString('latin1')
      .split('\r\n')
      .every((line) => line.length <= 200),
  )
})

test('the person reads both languages, and what to do', () => {
  const text = human(read(composeDsn(facts)))
  assert.match(text, /次の宛先に届きませんでした。[\s\S]*x@remote\.test[\s\S]*宛先のアドレスが見つかりません。/)
  assert.match(text, /did not reach[\s\S]*x@remote\.test[\s\S]*Check the spelling to the left/)
})

test('header only by default; the whole message with RET=FULL, unless it is large', () => {
  assert.doesNotMatch(read(composeDsn(facts)).parts[2]?.body ?? '', /The body/)
  const full = read(composeDsn({ ...facts, returnFull: true }))
  assert.equal(full.parts[2]?.type, 'message/rfc822')
  assert.equal(full.parts[2]?.body, String(original))
  const large = Buffer.concat([original, Buffer.alloc(60_000, 'x')])
  assert.equal(read(composeDsn({ ...facts, returnFull: true, original: large })).parts[2]?.type, 'text/rfc822-headers')
})

test('several recipients are in one report, in the order of the message', () => {
  const recipients = ['a', 'b', 'c'].map((name) => ({ ...failed, address: `${name}@remote.test` }))
  const { parts } = read(composeDsn({ ...facts, recipients }))
  assert.deepEqual(
    parts[1]?.body.match(/Final-Recipient: rfc822; \w@/g)?.map((line) => line.at(-2)),
    ['a', 'b', 'c'],
  )
})

test('ENVID and ORCPT come back decoded, what would break a line stays encoded', () => {
  const recipients = [{ ...failed, originalRecipient: 'rfc822;Bob+2Bx+0D+0AEvil:+20y@remote.test' }]
  const { parts } = read(composeDsn({ ...facts, envelopeId: 'QQ+3D1+0D+0A', recipients }))
  assert.match(parts[1]?.body ?? '', /^Original-Envelope-Id: QQ=1\+0D\+0A\r$/m)
  assert.match(parts[1]?.body ?? '', /^Original-Recipient: rfc822; Bob\+x\+0D\+0AEvil: y@remote.test\r$/m)
})

test('an address that is not ASCII gets the internationalized report of RFC 6533', () => {
  const recipients = [{ ...failed, address: 'たろう@remote.test' }]
  const { parts } = read(composeDsn({ ...facts, recipients, returnFull: true }))
  assert.deepEqual(
    parts.map(({ type }) => type),
    ['text/plain', 'message/global-delivery-status', 'message/global'],
  )
  assert.match(Buffer.from(parts[1]?.body ?? '', 'latin1').toString(), /Final-Recipient: utf-8; たろう@remote.test/)
})

test('the sender of the original cannot put fields of its own into the report', () => {
  const evil = Buffer.from('Message-ID: <a@b>\r\n\tBcc: <c@d>\r\nSubject: x\r\n\r\n')
  const { header } = read(composeDsn({ ...facts, original: evil }))
  assert.doesNotMatch(header, /Bcc/)
  assert.doesNotMatch(
    read(composeDsn({ ...facts, original: Buffer.from('Message-ID: <a b@c>\r\n\r\n') })).header,
    /In-Reply-To/,
  )
})

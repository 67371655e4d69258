/**
 * A Dsn: the delivery report of RFC 3464 in a multipart/report (RFC 6522), with a part for the person in Japanese and
 * English. RFC 6533's forms are used when an address is not ASCII.
 *
 * Guarantees: the text comes from tables and from cleaned replies; nothing that a stranger sent becomes a header field.
 * What the original carries is returned as its sender asked (RET), the whole only up to MAX_RETURNED_BYTES.
 */
import { randomBytes } from 'node:crypto'
import { explainStatus } from '#lib/mail/explain-status.ts'

export type DsnAction = 'failed' | 'delayed' | 'delivered' | 'relayed'

export type ReportedRecipient = {
  readonly address: string
  /** ORCPT as received: "rfc822;" and xtext */
  readonly originalRecipient: string | null
  readonly action: DsnAction
  readonly status: string
  readonly remoteHost: string | null
  /** the next hop's answer, printable ASCII */
  readonly reply: string | null
}

export type DsnFacts = {
  readonly site: {
    readonly domain: string
    readonly name: { ja: string; en: string }
    readonly supportContact: { ja: string; en: string }
  }
  readonly reportingHost: string
  /** the envelope sender of the original: who gets the report */
  readonly recipient: string
  readonly recipients: readonly ReportedRecipient[]
  readonly original: Buffer
  readonly returnFull: boolean
  /** ENVID as received (xtext) */
  readonly envelopeId: string | null
  readonly arrivedAt: Date
  readonly now: Date
  /** for delayed ones */
  readonly willRetryUntil: Date
}

const MAX_RETURNED_BYTES = 50_000
const NOT_ASCII = /[^\x00-\x7f]/

export function composeDsn(facts: DsnFacts): Buffer {
  const boundary = `report-${randomBytes(15).toString('base64url')}`
  const isInternational =
    NOT_ASCII.test(facts.recipient) || facts.recipients.some(({ address }) => NOT_ASCII.test(address))
  const parts = [humanPart(facts), statusPart(facts, isInternational), returnedPart(facts, isInternational)]
  const head = [
    `From: ${encodeWord(facts.site.name.ja)} <mailer-daemon@${facts.site.domain}>`,
    `To: <${facts.recipient}>`,
    `Subject: ${encodeWord(subjectOf(facts))}`,
    `Date: ${dateTime(facts.now)}`,
    `Message-ID: <${randomBytes(15).toString('base64url')}@${facts.reportingHost}>`,
    ...threadFields(facts.original),
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="${boundary}"`,
    '',
    'This is a delivery report in MIME format.',
    '',
  ].join('\r\n')
  const body = parts.map((part) => Buffer.concat([Buffer.from(`--${boundary}\r\n`), part, Buffer.from('\r\n')]))
  return Buffer.concat([Buffer.from(head), ...body, Buffer.from(`--${boundary}--\r\n`)])
}

const subjects: Readonly<Record<DsnAction, string>> = {
  failed: 'メールを届けられませんでした / Your message could not be delivered',
  delayed: 'メールの配達が遅れています / Your message is delayed',
  delivered: 'メールが届きました / Your message was delivered',
  relayed: 'メールを相手のサーバーに渡しました / Your message was passed on',
}

function subjectOf({ recipients }: DsnFacts): string {
  return subjects[recipients[0]?.action ?? 'failed']
}

function humanPart(facts: DsnFacts): Buffer {
  const text = [personalText(facts, 'ja'), '-'.repeat(40), personalText(facts, 'en')].join('\r\n\r\n')
  const lines =
    Buffer.from(`${text}\r\n`)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  return Buffer.from(
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines.join('\r\n')}\r\n`,
  )
}

const openings = {
  ja: {
    failed: 'お送りになったメールは、次の宛先に届きませんでした。',
    delayed:
      'お送りになったメールは、次の宛先にまだ届いていません。配達は自動で続けますので、送り直す必要はありません。',
    delivered: 'お送りになったメールは、次の宛先のメールボックスに届きました。',
    relayed: 'お送りになったメールを、次の宛先のサーバーに渡しました。この先、届いたかどうかの通知はありません。',
  },
  en: {
    failed: 'Your message did not reach the following recipients.',
    delayed:
      'Your message has not reached the following recipients yet. We keep trying; there is no need to send it again.',
    delivered: 'Your message was delivered to the mailboxes of the following recipients.',
    relayed: 'Your message was passed on to the servers of the following recipients. No further report will come.',
  },
} as const

const labels = {
  ja: { reply: '相手のサーバーの返答', until: '配達を続ける期限', contact: 'お困りのときは' },
  en: { reply: 'The other server said', until: 'We keep trying until', contact: 'If you need help' },
} as const

function personalText(facts: DsnFacts, language: 'ja' | 'en'): string {
  const { site, recipients, willRetryUntil } = facts
  const label = labels[language]
  const action = recipients[0]?.action ?? 'failed'
  const items = recipients.flatMap(({ address, status, remoteHost, reply, action: own }) => [
    `  ${address}`,
    ...(own === 'failed' || own === 'delayed' ? [`    ${explainStatus(status, own, remoteHost)[language]}`] : []),
    ...(reply ? [`    ${label.reply}: ${reply}`] : []),
    '',
  ])
  return [
    `${site.name[language]}`,
    '',
    openings[language][action],
    '',
    ...items,
    ...(action === 'delayed' ? [`${label.until}: ${localTime(willRetryUntil, language)}`, ''] : []),
    `${label.contact}: ${site.supportContact[language]}`,
  ].join('\r\n')
}

function localTime(date: Date, language: 'ja' | 'en'): string {
  return date.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    timeStyle: 'short',
  })
}

/** message/delivery-status: RFC 3464 §2; message/global-delivery-status: RFC 6533 §4. */
function statusPart(facts: DsnFacts, isInternational: boolean): Buffer {
  const perMessage = [
    `Reporting-MTA: dns; ${facts.reportingHost}`,
    ...(facts.envelopeId === null ? [] : [`Original-Envelope-Id: ${decodeXtext(facts.envelopeId)}`]),
    `Arrival-Date: ${dateTime(facts.arrivedAt)}`,
  ]
  const perRecipient = facts.recipients.flatMap((recipient) => ['', ...recipientFields(recipient, facts)])
  const type = isInternational ? 'message/global-delivery-status' : 'message/delivery-status'
  const encoding = isInternational ? 'Content-Transfer-Encoding: 8bit\r\n' : ''
  return Buffer.from(`Content-Type: ${type}\r\n${encoding}\r\n${[...perMessage, ...perRecipient].join('\r\n')}\r\n`)
}

function recipientFields(recipient: ReportedRecipient, { now, willRetryUntil }: DsnFacts): string[] {
  const { address, originalRecipient, action, status, remoteHost, reply } = recipient
  const type = NOT_ASCII.test(address) ? 'utf-8' : 'rfc822'
  return [
    ...(originalRecipient === null ? [] : [`Original-Recipient: ${decodeOriginalRecipient(originalRecipient)}`]),
    `Final-Recipient: ${type}; ${address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(remoteHost === null ? [] : [`Remote-MTA: dns; ${remoteHost}`]),
    ...(reply === null ? [] : [`Diagnostic-Code: smtp; ${reply}`]),
    `Last-Attempt-Date: ${dateTime(now)}`,
    ...(action === 'delayed' ? [`Will-Retry-Until: ${dateTime(willRetryUntil)}`] : []),
  ]
}

/** RFC 3461 §4.3: the whole message only for failures whose sender asked for it, otherwise its header. */
function returnedPart({ original, returnFull, recipients }: DsnFacts, isInternational: boolean): Buffer {
  const hasFailed = recipients.some(({ action }) => action === 'failed')
  const isWhole = returnFull && hasFailed && original.length <= MAX_RETURNED_BYTES
  const headerEnd = original.indexOf('\r\n\r\n')
  const header = original.subarray(0, headerEnd === -1 ? original.length : headerEnd + 2)
  const returned = isWhole ? original : cutAtLine(header)
  const whole = isInternational ? 'message/global' : 'message/rfc822'
  const headers = isInternational ? 'message/global-headers' : 'text/rfc822-headers'
  const encoding = isEightBit(returned) ? 'Content-Transfer-Encoding: 8bit\r\n' : ''
  return Buffer.concat([Buffer.from(`Content-Type: ${isWhole ? whole : headers}\r\n${encoding}\r\n`), returned])
}

function cutAtLine(header: Buffer): Buffer {
  if (header.length <= MAX_RETURNED_BYTES) return header
  const end = header.subarray(0, MAX_RETURNED_BYTES).lastIndexOf('\r\n')
  return header.subarray(0, end === -1 ? 0 : end + 2)
}

export function isEightBit(bytes: Buffer): boolean {
  return bytes.some((octet) => octet > 127)
}

/** The report shows up under the message that it is about, in clients that thread. */
function threadFields(original: Buffer): string[] {
  const head = original.toString('latin1', 0, MAX_RETURNED_BYTES).split('\r\n\r\n', 1)[0] ?? ''
  const id = /^message-id:[ \t]*(<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>)[ \t]*$/im.exec(head)?.[1]
  return id === undefined ? [] : [`In-Reply-To: ${id}`, `References: ${id}`]
}

/** RFC 3461 §4: "+3D" stands for an octet. What would not be printable afterwards stays encoded. */
function decodeXtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/g, (encoded, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[\x20-\x7e]/.test(character) ? character : encoded
  })
}

function decodeOriginalRecipient(text: string): string {
  const separator = text.indexOf(';')
  return separator === -1
    ? `rfc822; ${decodeXtext(text)}`
    : `${text.slice(0, separator)}; ${decodeXtext(text.slice(separator + 1))}`
}

/** RFC 2047 in words of at most 75 characters, cut between characters. */
function encodeWord(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 42) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ')
}

/** RFC 5322 §3.3, in UTC. */
function dateTime(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000')
}

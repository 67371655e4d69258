/**
 * DKIM signatures (RFC 6376, RFC 8463): relaxed/relaxed, the whole body, one signature per key.
 *
 * Guarantees: the fields that people see are signed once more than they occur ("oversigned", RFC 6376 §5.4, §8.15), so
 * that nobody can add a second From or Subject under a valid signature. A long body is hashed in blocks, and RSA runs
 * in the thread pool: no session waits for a signature. The bytes of the message are not touched.
 * Refuses: a message without From; it could not be verified by anybody (§6.1.1).
 */
import { createHash, type KeyObject, sign as signWithCallback } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { DkimAlgorithm } from '#lib/dkim/dkim-record.ts'
import { findBody, scanFields } from '#lib/mime/header.ts'

export type SigningKey = {
  readonly domain: string
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly privateKey: KeyObject
}

const sign = promisify<string | null, Buffer, KeyObject, Buffer>(signWithCallback)
const BLOCK_BYTES = 65_536

const oversigned = [
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]
/** Lists and forwarders may add these. */
const signedWhereFound = ['list-id', 'list-unsubscribe', 'list-unsubscribe-post', 'list-post', 'resent-from']

/** @returns the DKIM-Signature fields, each with its CRLF, to be put before the message */
export async function signMessage(message: Buffer, keys: readonly SigningKey[], now: Date): Promise<Buffer> {
  const bodyStart = findBody(message, 0, message.length)
  const fields = [...scanFields(message, 0, bodyStart)].map(({ name, valueStart, end }) => ({
    name,
    relaxed: `${name}:${relaxedValue(message.toString('latin1', valueStart, end))}\r\n`,
  }))
  if (!fields.some(({ name }) => name === 'from')) throw new Error('a message without From cannot be signed')
  const { names, text } = signedHeader(fields)
  const bodyHash = await hashBody(message, bodyStart)
  const signatures: string[] = []
  for (const key of keys) {
    const unsigned = signatureField(key, names, bodyHash, now)
    const input = `${text}dkim-signature:${relaxedValue(unsigned.slice(unsigned.indexOf(':') + 1))}`
    signatures.push(`${unsigned}${fold(await signatureOf(Buffer.from(input, 'latin1'), key))}\r\n`)
  }
  return Buffer.from(signatures.join(''), 'latin1')
}

type Field = { readonly name: string; readonly relaxed: string }

/** RFC 6376 §5.4.2: several fields of one name are taken from the last upwards; a name too many stands for "no more". */
function signedHeader(fields: readonly Field[]): { names: readonly string[]; text: string } {
  const found = Map.groupBy(fields.toReversed(), ({ name }) => name)
  const signed = [...oversigned, ...signedWhereFound].flatMap((name) => found.get(name) ?? [])
  const names = [...signed.map(({ name }) => name), ...oversigned]
  return { names, text: signed.map(({ relaxed }) => relaxed).join('') }
}

/** RFC 6376 §3.4.2 */
function relaxedValue(value: string): string {
  return value
    .replace(/\r?\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '')
}

/** RFC 6376 §3.4.4: spaces at the ends of lines go, those within become one, and so do the empty lines at the end. */
export async function hashBody(message: Buffer, start: number): Promise<string> {
  const hash = createHash('sha256')
  let emptyLines = 0
  let isEmpty = true
  for (let from = start; from < message.length; ) {
    const to = blockEnd(message, from)
    const text = relaxedLines(message.toString('latin1', from, to))
    const kept = endOfText(text)
    if (kept > 0) {
      hash.update('\r\n'.repeat(emptyLines)).update(text.slice(0, kept), 'latin1')
      emptyLines = 0
      isEmpty = false
    }
    emptyLines += (text.length - kept) / 2
    from = to
    if (from < message.length) await breathe()
  }
  return (isEmpty ? hash : hash.update('\r\n')).digest('base64')
}

/** A block ends with a line, however long that is. */
function blockEnd(message: Buffer, from: number): number {
  if (message.length - from <= BLOCK_BYTES) return message.length
  const end = message.indexOf('\r\n', from + BLOCK_BYTES)
  return end === -1 ? message.length : end + 2
}

function relaxedLines(text: string): string {
  const whole = text.endsWith('\r\n') ? text : `${text}\r\n`
  return whole.replace(/[ \t]+/g, ' ').replaceAll(' \r\n', '\r\n')
}

/** @returns where the line breaks at the end begin */
function endOfText(text: string): number {
  let end = text.length
  while (end >= 2 && text.endsWith('\r\n', end)) end -= 2
  return end
}

const algorithmNames: Readonly<Record<DkimAlgorithm, string>> = { RSA: 'rsa-sha256', ED25519: 'ed25519-sha256' }

function signatureField(
  { algorithm, domain, selector }: SigningKey,
  names: readonly string[],
  bodyHash: string,
  now: Date,
): string {
  const seconds = Math.floor(now.getTime() / 1_000)
  return [
    `DKIM-Signature: v=1; a=${algorithmNames[algorithm]}; c=relaxed/relaxed; d=${domain};`,
    ` s=${selector}; t=${seconds};`,
    ` h=${foldNames(names)};`,
    ` bh=${bodyHash};`,
    ' b=',
  ].join('\r\n')
}

function foldNames(names: readonly string[]): string {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length < 68) lines[lines.length - 1] = `${last}:${name}`
    else lines.push(name)
  }
  return lines.join(':\r\n  ')
}

const fold = (base64: string) => (base64.match(/.{1,70}/g) ?? []).join('\r\n  ')

/** RFC 8463 §3: Ed25519 signs the SHA-256 of what RSA signs. */
async function signatureOf(input: Buffer, { algorithm, privateKey }: SigningKey): Promise<string> {
  const signature =
    algorithm === 'RSA'
      ? await sign('sha256', input, privateKey)
      : await sign(null, createHash('sha256').update(input).digest(), privateKey)
  return signature.toString('base64')
}

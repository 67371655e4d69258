/**
 * One message of a dbox file: a header with its length, its bytes, and lines about it.
 *
 * Source: Dovecot's description of sdbox and mdbox.
 */
import type { FileHandle } from 'node:fs/promises'
import { MAX_MESSAGE_BYTES } from './source.ts'
import { plainContent } from './stored-content.ts'

/** What Dovecot wrote about a message, by the letter of the line. */
export type DboxFacts = ReadonlyMap<string, string>
export type DboxMessage = { readonly content: Buffer; readonly facts: DboxFacts }

const FILE_HEADER = /^2 (?:[A-LN-Z]\S* )*M([0-9a-f]{1,4})\b[^\n]*\n/
const MAX_FILE_HEADER_BYTES = 256
const MESSAGE_BEGINS = Buffer.from('\x01\x02N', 'latin1')
const LENGTH_AT = 13
const LENGTH_DIGITS = 16
const FACTS_BEGIN = Buffer.from('\n\x01\x03\n', 'latin1')
const MAX_FACTS_BYTES = 65_536

const [RECEIVED, WIRE_SIZE, UIDL, KEPT_ELSEWHERE] = ['R', 'V', 'P', 'X']

/** @param offset null: the first of the file @returns null when no whole message is there */
export async function readDboxMessage(file: FileHandle, offset: number | null): Promise<DboxMessage | null> {
  const place = await findMessage(file, offset)
  if (place === null) return null
  const facts = await readFacts(file, place)
  if (facts === null || facts.has(KEPT_ELSEWHERE) || place.contentBytes > MAX_MESSAGE_BYTES) return null
  const content = plainContent(await readPart(file, place.contentAt, place.contentBytes))
  return content === null ? null : { content, facts }
}

export async function readDboxFacts(file: FileHandle, offset: number | null): Promise<DboxFacts | null> {
  const place = await findMessage(file, offset)
  return place === null ? null : readFacts(file, place)
}

export function receivedAt(facts: DboxFacts): Date {
  return new Date(hexadecimal(facts.get(RECEIVED)) * 1_000)
}

export function wireSize(facts: DboxFacts): number {
  return hexadecimal(facts.get(WIRE_SIZE))
}

const hexadecimal = (digits = '0'): number => (/^[0-9a-f]{1,10}$/i.test(digits) ? Number.parseInt(digits, 16) : 0)

export function keptUidl(facts: DboxFacts): string | null {
  return facts.get(UIDL) ?? null
}

type Place = { readonly contentAt: number; readonly contentBytes: number }

async function findMessage(file: FileHandle, offset: number | null): Promise<Place | null> {
  const head = (await readPart(file, 0, MAX_FILE_HEADER_BYTES)).toString('latin1')
  const [line, headerDigits] = FILE_HEADER.exec(head) ?? []
  if (line === undefined || headerDigits === undefined) return null
  const [at, headerBytes] = [offset ?? line.length, Number.parseInt(headerDigits, 16)]
  const header = await readPart(file, at, headerBytes)
  const digits = header.toString('latin1', LENGTH_AT, LENGTH_AT + LENGTH_DIGITS)
  if (!header.subarray(0, MESSAGE_BEGINS.length).equals(MESSAGE_BEGINS) || !/^[0-9A-Fa-f]{16}$/.test(digits))
    return null
  return { contentAt: at + headerBytes, contentBytes: Number.parseInt(digits, 16) }
}

async function readFacts(file: FileHandle, { contentAt, contentBytes }: Place): Promise<DboxFacts | null> {
  const part = await readPart(file, contentAt + contentBytes, MAX_FACTS_BYTES)
  const end = part.indexOf('\n\n', FACTS_BEGIN.length)
  if (end === -1 || !part.subarray(0, FACTS_BEGIN.length).equals(FACTS_BEGIN)) return null
  const lines = part.toString('utf8', FACTS_BEGIN.length, end).split('\n')
  return new Map(lines.map((line) => [line.slice(0, 1), line.slice(1)]))
}

async function readPart(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

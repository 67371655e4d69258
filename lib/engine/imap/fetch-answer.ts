/**
 * The messages of a FETCH answer, written to the connection as they are read: a section of a large body passes in slices
 * and is never in memory as a whole. What the rows say by themselves is written without waiting for anything.
 */
import { bodyStructure } from '#lib/mime/body-structure.ts'
import { previewText } from '#lib/mime/preview.ts'
import { type ByteRange, findSection, type Section, selectFields } from '#lib/mime/sections.ts'
import { BodyGone } from '../store/fetch.ts'
import type { MailboxStore, MessageHead } from '../store/mailbox-store.ts'
import type { FlagsRow, MessageRow } from '../store/message-rows.ts'
import { checkEncoding, decodedPart } from './decoded-part.ts'
import { emailId } from './object-ids.ts'
import type { SelectedSession } from './session.ts'
import type { BinaryItem } from './wire/binary-items.ts'
import { dateTimeFormat } from './wire/date-time.ts'
import type { FetchItem, RowItem, SectionItem, StructureItem } from './wire/fetch-items.ts'
import { wireString, wireUtf8String } from './wire/strings.ts'

/** A literal was announced and cannot be completed; only closing the connection tells the client. */
export class AnswerCutShort extends Error {}

/** Bytes that exist already, followed by a range of the message's content. */
type SectionBytes = { readonly head: Buffer; readonly range: ByteRange }

const EMPTY = Buffer.alloc(0)
const bytesOnly = (head: Buffer): SectionBytes => ({ head, range: { start: 0, end: 0 } })

/** What a client reads is the prefix and the content, as one. @returns null when there is no such section */
async function locate(store: MailboxStore, message: MessageHead, section: Section): Promise<SectionBytes | null> {
  const { path, text, fields } = section
  if (path.length === 0) {
    if (text === null) return { head: message.prefix, range: { start: 0, end: message.contentBytes } }
    const header = await store.readHeader(message)
    if (text === 'TEXT') return { head: EMPTY, range: { start: header.length, end: message.contentBytes } }
    const whole = Buffer.concat([message.prefix, header])
    return bytesOnly(text === 'HEADER' ? whole : selectFields(whole, fields, text === 'HEADER.FIELDS.NOT'))
  }
  const range = findSection(await store.messageStructure(message), section)
  if (range === null || !text?.startsWith('HEADER.FIELDS')) return range && { head: EMPTY, range }
  const slices: Buffer[] = []
  for await (const slice of store.readContent(message, range.start, range.end)) slices.push(slice)
  return bytesOnly(selectFields(Buffer.concat(slices), fields, text === 'HEADER.FIELDS.NOT'))
}

/** `<start.count>` of both together. */
function cut({ head, range }: SectionBytes, partial: SectionItem['partial']): SectionBytes {
  if (partial === null) return { head, range }
  const { start, count } = partial
  const rest = Math.max(0, start - head.length)
  const first = Math.min(range.start + rest, range.end)
  const left = Math.max(0, count - Math.max(0, head.length - start))
  return { head: head.subarray(start, start + count), range: { start: first, end: Math.min(range.end, first + left) } }
}

/** A literal must not hold NUL (RFC 9051 §4.3); an octet that no charset of mail gives a meaning takes its place. */
function withoutNul(bytes: Buffer): Buffer {
  return bytes.includes(0) ? Buffer.from(bytes.map((byte) => byte || 0x80)) : bytes
}

const kindsOfContent: readonly FetchItem['kind'][] = ['section', 'binary', 'binarySize', 'body', 'bodyStructure']
const isOfRow = (item: FetchItem): item is RowItem => !kindsOfContent.includes(item.kind)

export class FetchAnswer {
  readonly #session: SelectedSession
  readonly #items: readonly FetchItem[]
  /** the items, when rows suffice for all of them */
  readonly #rowItems: readonly RowItem[] | null
  readonly #dateTime: (date: Date) => string

  constructor(session: SelectedSession, items: readonly FetchItem[]) {
    this.#session = session
    this.#items = items
    this.#rowItems = items.every(isOfRow) ? items : null
    this.#dateTime = dateTimeFormat(session.services.zone)
  }

  /** Messages that the client has been told are gone have no number any more. @param made those it made \Seen */
  async send(messages: readonly FlagsRow[], made: ReadonlySet<number>): Promise<void> {
    for (const message of messages) {
      const sequence = this.#session.folder.messages.sequenceOf(message.uid)
      if (sequence === null) continue
      if (this.#rowItems !== null) this.#sendRow(message, sequence, this.#rowItems)
      else await this.#sendContent(message, sequence, made.has(message.uid))
    }
  }

  #sendRow(message: FlagsRow, sequence: number, items: readonly RowItem[]): void {
    const flags = this.#session.folder.flagList(message, this.#session.untagged)
    let text = `* ${sequence} FETCH (`
    let separator = ''
    for (const item of items) {
      text += separator + this.#ofRow(message, item, flags)
      separator = ' '
    }
    this.#session.write(`${text})\r\n`)
  }

  async #sendContent(message: FlagsRow, sequence: number, showsFlags: boolean): Promise<void> {
    const { folder } = this.#session
    for (const item of this.#items) {
      if ('path' in item) await checkEncoding(this.#session.store, message as MessageHead, item.path)
    }
    const flags = folder.flagList(message, this.#session.untagged)
    let text = `* ${sequence} FETCH (`
    let separator = ''
    for (const item of this.#items) {
      text += separator
      separator = ' '
      if (item.kind === 'section') {
        await this.#sendSection(message as MessageHead, item, text)
        text = ''
      } else if (item.kind === 'binary') {
        await this.#sendBinary(message as MessageHead, item, text)
        text = ''
      } else if (isOfRow(item)) text += this.#ofRow(message, item, flags)
      else text += await this.#ofStructure(message as MessageHead, item)
    }
    if (showsFlags) text += this.#newFlags(message, flags)
    this.#session.write(`${text})\r\n`)
  }

  /** What reading the message has changed about it. */
  #newFlags({ modseq }: FlagsRow, flags: string): string {
    const has = (kind: FetchItem['kind']) => this.#items.some((item) => item.kind === kind)
    const told = has('flags') ? '' : ` FLAGS ${flags}`
    return this.#session.enabled.condstore && !has('modseq') ? `${told} MODSEQ (${modseq})` : told
  }

  #ofRow(message: FlagsRow, item: RowItem, flags: string): string {
    switch (item.kind) {
      case 'uid':
        return `UID ${message.uid}`
      case 'flags':
        return `FLAGS ${flags}`
      case 'modseq':
        return `MODSEQ (${message.modseq})`
      case 'internalDate':
        return `INTERNALDATE ${this.#dateTime((message as MessageRow).internalDate)}`
      case 'size':
        return `RFC822.SIZE ${(message as MessageRow).sizeBytes}`
      case 'envelope':
        return `ENVELOPE ${(message as MessageRow).envelope}`
      case 'emailId':
        return `EMAILID (${emailId((message as MessageRow).bodyId)})`
      case 'threadId':
        return 'THREADID NIL'
      case 'preview':
        return `PREVIEW ${this.#preview(message as MessageHead)}`
    }
  }

  async #ofStructure(message: MessageHead, item: StructureItem): Promise<string> {
    if (item.kind === 'binarySize') {
      const part = await decodedPart(this.#session.store, message, item.path)
      return `${item.label} ${part?.length ?? 0}`
    }
    const structure = await this.#session.store.messageStructure(message)
    const isExtended = item.kind === 'bodyStructure'
    return `${isExtended ? 'BODYSTRUCTURE' : 'BODY'} ${bodyStructure(structure, isExtended)}`
  }

  #preview({ head }: MessageHead): string {
    const text = previewText(head)
    return this.#session.enabled.utf8Names ? wireUtf8String(text) : wireString(text)
  }

  /** With NUL in it only a literal8 can carry it (RFC 3516 §4.2). */
  async #sendBinary(message: MessageHead, item: BinaryItem, before: string): Promise<void> {
    const session = this.#session
    const part = await decodedPart(session.store, message, item.path)
    if (part === null) {
      session.write(`${before}${item.label} NIL`)
      return
    }
    const { start, count } = item.partial ?? { start: 0, count: part.length }
    const bytes = part.subarray(start, start + count)
    session.write(`${before}${item.label} ${bytes.includes(0) ? '~' : ''}{${bytes.length}}\r\n`)
    session.write(bytes)
    await session.makeRoom()
  }

  async #sendSection(message: MessageHead, item: SectionItem, before: string): Promise<void> {
    const session = this.#session
    const found = await locate(session.store, message, item.section)
    if (found === null) {
      session.write(`${before}${item.label} NIL`)
      return
    }
    const { head, range } = cut(found, item.partial)
    const sizeBytes = head.length + range.end - range.start
    session.write(`${before}${item.label} {${sizeBytes}}\r\n`)
    session.write(withoutNul(head))
    try {
      for await (const slice of session.store.readContent(message, range.start, range.end)) {
        session.write(withoutNul(slice))
        await session.makeRoom()
      }
    } catch (error) {
      if (error instanceof BodyGone) throw new AnswerCutShort('the message went away while it was sent')
      throw new AnswerCutShort('the message could not be read to its end', { cause: error })
    }
  }
}

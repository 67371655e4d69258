/**
 * A message as SEARCH looks at it. What has to be decoded and folded is so once, however many keys ask for it.
 *
 * Guarantees: other sessions have their turn between the parts of a large message.
 */
import { setImmediate as turn } from 'node:timers/promises'
import { bodyTexts, headerTexts, headerValues } from '#lib/mime/search-text.ts'
import { readStructure } from '#lib/mime/structure.ts'
import { type EnvelopeField, envelopeSearchText, envelopeValue } from './envelope-text.ts'
import type { MessageRow } from './message-rows.ts'

/** Which of the texts that are sought are somewhere in its header, and in its body. */
export type FoundTexts = { readonly header: ReadonlySet<string>; readonly body: ReadonlySet<string> }

/** Goes through the message once, for all of them. */
export async function findTexts(content: Buffer, sought: readonly string[]): Promise<FoundTexts> {
  const root = readStructure(content)
  const header = new Set<string>()
  const body = new Set<string>()
  const note = (found: Set<string>, part: string) => {
    for (const text of sought) if (!found.has(text) && part.includes(text)) found.add(text)
  }
  for (const field of headerTexts(content, root)) note(header, field)
  for (const part of bodyTexts(content, root)) {
    note(body, part)
    await turn()
  }
  return { header, body }
}

export class SearchableMessage {
  readonly row: MessageRow
  readonly #envelope = new Map<EnvelopeField, string>()
  readonly #fields = new Map<string, readonly string[]>()
  #header: Buffer | null = null
  #found: FoundTexts | null = null

  constructor(row: MessageRow) {
    this.row = row
  }

  /** From now on its header can be asked for. */
  addHeader(header: Buffer): void {
    this.#header = header
  }

  /** From now on these can be asked for. */
  addFound(found: FoundTexts): void {
    this.#found = found
  }

  /** No text asks whether the field is there (RFC 9051 §6.4.4, HEADER). */
  envelopeHas(field: EnvelopeField, text: string): boolean {
    if (text === '') return envelopeValue(this.row.envelope, field) !== null
    const known = this.#envelope.get(field) ?? envelopeSearchText(this.row.envelope, field)
    this.#envelope.set(field, known)
    return known.includes(text)
  }

  /** @returns null when the header has not been read yet */
  headerHas(name: string, text: string): boolean | null {
    const header = this.#header
    if (header === null) return null
    const values = this.#fields.get(name) ?? headerValues(header, { start: 0, bodyStart: header.length }, name)
    this.#fields.set(name, values)
    return values.some((value) => value.includes(text))
  }

  /** @returns null when the text has not been read yet */
  textHas(text: string, isWithHeader: boolean): boolean | null {
    if (this.#found === null) return null
    return this.#found.body.has(text) || (isWithHeader && this.#found.header.has(text))
  }
}

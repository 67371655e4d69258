/**
 * The words of a message as a person reads them: decoded from charset, encoded-words and transfer encoding, and folded
 * so that case, width (half-width katakana, full-width Latin) and composition do not matter.
 *
 * Guarantees: linear time; at most MAX_TEXT_BYTES of each text part are looked at; attachments are not.
 */
import { decodeCharset, decodeUnlabelled } from './charset.ts'
import { findParameter } from './content-fields.ts'
import { decodeWords } from './encoded-words.ts'
import { scanFields, unfold } from './header.ts'
import type { MimePart } from './structure.ts'
import { decodeTransferEncoding } from './transfer-encoding.ts'

const MAX_TEXT_BYTES = 4_194_304

/** What both sides of a comparison go through. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

export function decodeHeaderValue(bytes: Buffer, start: number, end: number): string {
  return decodeWords(decodeUnlabelled(unfold(bytes, start, end)))
}

/** Folded values of every field of that name in a message's header. */
export function headerValues(message: Buffer, root: Pick<MimePart, 'start' | 'bodyStart'>, name: string): string[] {
  const values: string[] = []
  for (const field of scanFields(message, root.start, root.bodyStart)) {
    if (field.name === name) values.push(foldText(decodeHeaderValue(message, field.valueStart, field.end)))
  }
  return values
}

/** Each field of a header with its name, folded: what SEARCH TEXT looks at besides the body. */
export function* headerTexts(message: Buffer, part: MimePart): Generator<string> {
  for (const field of scanFields(message, part.start, part.bodyStart)) {
    yield foldText(decodeHeaderValue(message, field.start, field.end))
  }
}

/** The text of each text part, and the headers of embedded messages, folded. */
export function* bodyTexts(message: Buffer, part: MimePart): Generator<string> {
  for (const child of part.children) yield* bodyTexts(message, child)
  if (part.message) {
    yield* headerTexts(message, part.message.root)
    yield* bodyTexts(message, part.message.root)
  } else if (part.type.toLowerCase() === 'text') {
    const end = Math.min(part.end, part.bodyStart + MAX_TEXT_BYTES)
    const decoded = decodeTransferEncoding(part.encoding, message.subarray(part.bodyStart, end))
    yield foldText(decodeCharset(findParameter(part.parameters, 'charset') ?? '', decoded))
  }
}

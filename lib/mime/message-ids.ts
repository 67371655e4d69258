/** The Message-IDs in a header field (RFC 5322 §3.6.4), as THREAD compares them. */
import { scanFields, unfold } from './header.ts'

const MESSAGE_ID = /<([^<>\s]{1,500})>/g
/** The nearest ancestors are enough: each of those that are here names its own. */
const MAX_REFERENCES = 20

/** Quotes mean nothing (RFC 5256 §3): <"a"@b> is <a@b>. */
export function messageIdsIn(text: string): string[] {
  return [...text.matchAll(MESSAGE_ID)].map(([, id = '']) => id.replaceAll('"', ''))
}

/** What the References field names, the parent last. */
export function referencesIn(header: Buffer): string[] {
  for (const field of scanFields(header, 0, header.length)) {
    if (field.name !== 'references') continue
    return messageIdsIn(unfold(header, field.valueStart, field.end).toString('latin1')).slice(-MAX_REFERENCES)
  }
  return []
}

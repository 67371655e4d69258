/**
 * Authentication-Results that a message brings along in our name (RFC 8601 §5): readers would believe them, so they are
 * taken out. Fields of other hosts stay; only they can say whether to trust them. Our other fields about what was found
 * name no host, so nobody else may write them.
 */
import { scanFields } from '#lib/mime/header.ts'

const MAX_DEPTH = 20
const ownFields: ReadonlySet<string> = new Set(['x-blocklisted', 'x-virus-scanned', 'x-spam-flag', 'x-spam-score'])

/** @param ownNames hosts, and domains whose hosts are all ours */
export function withoutForgedResults(message: Buffer, ownNames: readonly string[]): Buffer {
  const kept: Buffer[] = []
  let from = 0
  for (const { name, start, valueStart, end } of scanFields(message, 0, message.length)) {
    if (name !== 'authentication-results' && !ownFields.has(name)) continue
    if (!ownFields.has(name) && !namesOneOf(ownNames, message.toString('latin1', valueStart, end))) continue
    kept.push(message.subarray(from, start))
    from = end
  }
  return kept.length === 0 ? message : Buffer.concat([...kept, message.subarray(from)])
}

/** The authserv-id comes first, perhaps after comments and between quotes; one that cannot be told apart is ours. */
function namesOneOf(ownNames: readonly string[], value: string): boolean {
  const [first = ''] = withoutComments(value).split(';')
  const [id = ''] = first.replace(/\\(.)/g, '$1').replaceAll('"', '').trim().toLowerCase().split(/\s+/)
  const isOurs = (own: string) => `.${id}`.endsWith(`.${own.toLowerCase()}`)
  return !/^[a-z0-9.-]+$/.test(id) || ownNames.some(isOurs)
}

/** They nest (RFC 5322 §3.2.2): the innermost go first. What is deeper than anybody means leaves its parentheses behind. */
function withoutComments(value: string): string {
  let text = value
  for (let depth = 0; depth < MAX_DEPTH && text.includes('('); depth += 1) {
    text = text.replace(/\((?:[^()\\]|\\.)*\)/g, ' ')
  }
  return text
}

/**
 * Authentication-Results that a message brings along in our name (RFC 8601 §5): readers would believe them, so they are
 * taken out. Fields of other hosts stay; only they can say whether to trust them. Our other fields about what was found
 * name no host, so nobody else may write them.
 */
import { scanFields } from '#lib/mime/header.ts'

const ownFields: ReadonlySet<string> = new Set(['x-blocklisted', 'x-virus-scanned', 'x-spam-flag', 'x-spam-score'])

export function withoutForgedResults(message: Buffer, hostName: string): Buffer {
  const kept: Buffer[] = []
  let from = 0
  for (const { name, start, valueStart, end } of scanFields(message, 0, message.length)) {
    if (name !== 'authentication-results' && !ownFields.has(name)) continue
    if (!ownFields.has(name) && !namesHost(message.toString('latin1', valueStart, end), hostName)) continue
    kept.push(message.subarray(from, start))
    from = end
  }
  return kept.length === 0 ? message : Buffer.concat([...kept, message.subarray(from)])
}

/** The authserv-id comes first, perhaps after comments and between quotes; one that cannot be told apart is ours. */
function namesHost(value: string, hostName: string): boolean {
  const [first = ''] = value.replace(/\((?:[^()\\]|\\.)*\)/g, ' ').split(';')
  const [id = ''] = first.replace(/\\(.)/g, '$1').replaceAll('"', '').trim().split(/\s+/)
  return id === '' || id.toLowerCase() === hostName.toLowerCase()
}

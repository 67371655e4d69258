/**
 * A stored message as it goes on the wire after DATA (RFC 5321 §4.5.2): dots at the start of a line doubled, CRLF at the
 * end, then the lone dot.
 *
 * Guarantees: exactly one CRLF.CRLF, at the end, and no CR or LF but in pairs, whatever the message holds. A bare CR or
 * LF, which our doors never accept, would be sent as CRLF and its following dot doubled, so that nothing can be
 * smuggled to a next hop that takes a bare one for a line end (CVE-2023-51764 and its family). Everything else passes
 * untouched; a DKIM signature stays valid.
 */

const LF = 0x0a
const CR = 0x0d
const DOT = 0x2e
const CRLF = Buffer.from('\r\n')
const DOT_BYTES = Buffer.from('.')
const END = Buffer.from('.\r\n')

export function toWireForm(message: Buffer): Buffer {
  const parts: Buffer[] = []
  let sent = 0
  let lineStart = 0
  while (lineStart < message.length) {
    if (message[lineStart] === DOT) {
      parts.push(message.subarray(sent, lineStart), DOT_BYTES)
      sent = lineStart
    }
    const end = lineEnd(message, lineStart)
    if (!isCrlf(message, end)) {
      parts.push(message.subarray(sent, end), CRLF)
      sent = end + 1
      lineStart = sent
    } else {
      lineStart = end + 2
    }
  }
  if (sent < message.length) parts.push(message.subarray(sent))
  return Buffer.concat([...parts, END])
}

const isCrlf = (message: Buffer, at: number) => message[at] === CR && message[at + 1] === LF

/** The next CR or LF; the message's length when there is none. */
function lineEnd(message: Buffer, from: number): number {
  const lf = message.indexOf(LF, from)
  const limit = lf === -1 ? message.length : lf
  const cr = message.subarray(from, limit).indexOf(CR)
  return cr === -1 ? limit : from + cr
}

/**
 * Replies of the next hop (RFC 5321 §4.2, RFC 2034): one or more lines with the same code. What comes from a stranger
 * goes into the trace, the DSN and a page: it is cut and cleaned here.
 */

export type Reply = {
  readonly code: number
  /** RFC 3463 status, when the text begins with one of the code's class */
  readonly enhanced: string | null
  /** printable ASCII, lines joined by spaces */
  readonly text: string
  /** the lines without their codes, for EHLO */
  readonly lines: readonly string[]
}

const MAX_TEXT_CHARACTERS = 500
const ENHANCED = /^([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)/

/** @returns null when the line is no reply line */
export function parseReplyLine(line: string): { code: number; isLast: boolean; text: string } | null {
  const match = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line)
  if (match === null) return null
  return { code: Number(match[1]), isLast: match[2] !== '-', text: match[3] ?? '' }
}

export function makeReply(code: number, lines: readonly string[]): Reply {
  const enhanced = ENHANCED.exec(lines[0] ?? '')?.[0] ?? null
  const text = lines.join(' ').replace(/[^\x20-\x7e]/g, '?')
  return {
    code,
    enhanced: enhanced?.[0] === String(code)[0] ? enhanced : null,
    text: text.slice(0, MAX_TEXT_CHARACTERS),
    lines,
  }
}

export const isPositive = (reply: Reply) => reply.code < 400
export const isTransient = (reply: Reply) => reply.code >= 400 && reply.code < 500

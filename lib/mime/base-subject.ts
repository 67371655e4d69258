/**
 * What a subject is about, without "Re:", "Fwd:" and names of lists (RFC 5256 §2.1), so that a letter and the answers to
 * it sort and thread together.
 *
 * Works on folded text (see search-text.ts), where the full-width "Ｒｅ：" of Japanese clients is "re:" too.
 */
import { foldText } from './search-text.ts'

export type BaseSubject = {
  readonly text: string
  /** there was something to take off: it is an answer, or passed on */
  readonly isReply: boolean
}

const MAX_CHARACTERS = 2_000
const TRAILER = /\(fwd\)$/
const LEADER = /^(?:\[[^[\]]*\] ?)*(?:re|fwd?) ?(?:\[[^[\]]*\] ?)?: ?/
const BLOB = /^\[[^[\]]*\] ?/
const FORWARDED = /^\[fwd:(.*)\]$/

function withoutTrailers(subject: string): string {
  let text = subject.trimEnd()
  while (TRAILER.test(text)) text = text.replace(TRAILER, '').trimEnd()
  return text
}

/** One leader, or one blob that is not all there is. */
function withoutLeader(text: string): string {
  const shorter = text.replace(LEADER, '')
  if (shorter !== text) return shorter
  const bare = text.replace(BLOB, '')
  return bare === '' ? text : bare
}

/** @param subject decoded */
export function baseSubject(subject: string): BaseSubject {
  let text = withoutTrailers(foldText(subject.slice(0, MAX_CHARACTERS)).replace(/\s+/g, ' ').trim())
  let isReply = /\(fwd\)\s*$/i.test(subject)
  for (;;) {
    const shorter = withoutLeader(text)
    const forwarded = shorter === text ? FORWARDED.exec(text)?.[1] : undefined
    if (shorter === text && forwarded === undefined) return { text, isReply }
    isReply ||= forwarded !== undefined || LEADER.test(text)
    text = withoutTrailers((forwarded ?? shorter).trim())
  }
}

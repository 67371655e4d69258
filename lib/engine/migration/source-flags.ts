/**
 * Flags of another system as ours: system flags by their bits, everything else that IMAP can say as a keyword. Not the
 * keyword by which recipes here give a message its last day: nobody said so here.
 */
import { DELETE_AFTER_KEYWORD } from '#lib/mail/delete-after.ts'
import { type MessageFlags, systemFlagBit } from '#lib/mail/message-flags.ts'

const KEYWORD = /^[^\x00-\x20\x7f-\uffff(){%*"\\\]]{1,255}$/
const MAX_KEYWORDS = 64
const isOurs = (name: string) => name.toLowerCase().startsWith(DELETE_AFTER_KEYWORD.toLowerCase())

export function sourceFlags(names: Iterable<string>): MessageFlags {
  let flags = 0
  const keywords = new Map<string, string>()
  for (const name of names) {
    const bit = systemFlagBit(name)
    if (bit !== null) flags |= bit
    else if (KEYWORD.test(name) && !isOurs(name) && keywords.size < MAX_KEYWORDS) keywords.set(name.toLowerCase(), name)
  }
  return { flags, keywords: [...keywords.values()] }
}

/** Flags as clients write them (RFC 9051 §2.3.2). */
import { type MessageFlags, systemFlagBit } from '#lib/mail/message-flags.ts'
import { type ArgumentReader, BadSyntax } from './syntax.ts'

const MAX_KEYWORDS = 32
const MAX_KEYWORD_CHARACTERS = 64

/** \Recent is the server's alone; clients that send it back in APPEND or STORE mean no harm. */
function combine(names: readonly string[]): MessageFlags {
  let flags = 0
  const keywords: string[] = []
  for (const name of names) {
    const bit = systemFlagBit(name)
    if (bit !== null) flags |= bit
    else if (name.startsWith('\\')) {
      if (name.toLowerCase() !== '\\recent') throw new BadSyntax('There is no such flag')
    } else if (name.length > MAX_KEYWORD_CHARACTERS) throw new BadSyntax('A keyword is too long')
    else if (!keywords.some((keyword) => keyword.toLowerCase() === name.toLowerCase())) keywords.push(name)
  }
  if (keywords.length > MAX_KEYWORDS) throw new BadSyntax('Too many keywords')
  return { flags, keywords }
}

export function readFlagList(args: ArgumentReader): MessageFlags {
  return combine(args.list(() => args.flag()))
}

/** STORE takes them without parentheses too. */
export function readFlags(args: ArgumentReader): MessageFlags {
  if (args.peek() === '(') return readFlagList(args)
  const names = [args.flag()]
  while (!args.isAtEnd) {
    args.space()
    names.push(args.flag())
  }
  return combine(names)
}

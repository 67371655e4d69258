/** Lists of IMAP flags (RFC 5232 §2): several in one string, each once whatever its case. */

const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft']
const KEYWORD = /^[^\x00-\x20\x7f-\uffff(){%*"\\\]]{1,64}$/
const MAX_FLAGS = 64

/** What IMAP could not store is left out. */
export function normaliseFlags(texts: readonly string[]): string[] {
  const flags = new Map<string, string>()
  for (const word of texts.flatMap((text) => text.split(/\s+/))) {
    const key = word.toLowerCase()
    const systemFlag = SYSTEM_FLAGS.find((flag) => flag.toLowerCase() === key)
    const flag = systemFlag ?? (KEYWORD.test(word) ? word : null)
    if (flag !== null && !flags.has(key) && flags.size < MAX_FLAGS) flags.set(key, flag)
  }
  return [...flags.values()]
}

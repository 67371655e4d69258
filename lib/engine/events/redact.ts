/**
 * Protocol lines as they may be kept: no secret, no correspondent, no content (secrecy of communications).
 *
 * A protocol names the verbs whose arguments may be kept; of every other line only its verb is. Addresses lose their
 * local part, control bytes are escaped, long lines are cut.
 */

const MAX_LENGTH = 200
const ADDRESS = /[^\s<>"@:]+@/g

/** Escapes what a terminal or a log reader would obey, and cuts. */
export function printable(text: string): string {
  const escaped = text.replace(
    /[\x00-\x1f\x7f-\x9f\u2028\u2029]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return escaped.length > MAX_LENGTH ? `${escaped.slice(0, MAX_LENGTH - 1)}…` : escaped
}

/** "MAIL FROM:<taro@infonia.ne.jp>" becomes "MAIL FROM:<…@infonia.ne.jp>". */
export function withoutLocalParts(text: string): string {
  return text.replace(ADDRESS, '…@')
}

/**
 * @param line a command as it came in, decoded somehow; only its first words matter
 * @param harmless verbs, in upper case, whose arguments may be kept
 */
export function redactCommand(line: string, harmless: ReadonlySet<string>): string {
  const [verb = '', ...rest] = line.split(' ')
  const kept = harmless.has(verb.toUpperCase()) ? withoutLocalParts(line) : rest.length > 0 ? `${verb} …` : verb
  return printable(kept)
}

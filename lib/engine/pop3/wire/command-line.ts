/** A command line of POP3 (RFC 1939 §3, RFC 2449 §4): a keyword and what follows one space. */

export type CommandLine = { readonly verb: string; readonly argument: string }

/** Words by which other protocols begin: a browser that was tricked into talking to a mail port, or TLS without STLS. */
const FOREIGN = /^(?:GET|POST|PUT|HEAD|OPTIONS|CONNECT|DELETE|PATCH|TRACE|EHLO|HELO) |^\x16\x03/i

export function isForeign(line: string): boolean {
  return FOREIGN.test(line)
}

/** The argument is taken as it is: a password may hold spaces, in front and at the end too. */
export function splitCommand(line: string): CommandLine {
  const space = line.indexOf(' ')
  if (space < 0) return { verb: line.toUpperCase(), argument: '' }
  return { verb: line.slice(0, space).toUpperCase(), argument: line.slice(space + 1) }
}

const NUMBER = /^\d{1,12}$/

/** @returns the numbers of an argument such as "3 20"; null when there is anything else in it */
export function readNumbers(argument: string): number[] | null {
  const words = argument
    .trim()
    .split(/ +/)
    .filter((word) => word !== '')
  return words.every((word) => NUMBER.test(word)) ? words.map(Number) : null
}

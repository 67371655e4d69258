/**
 * Commands of ManageSieve (RFC 5804 §4): a word, then strings, quoted or literal, and numbers.
 *
 * Guarantees: bounded memory; a literal that is too large is read away, so that what follows it is not taken for
 * commands. Refuses: more than MAX_ARGUMENTS, NUL, what is not UTF-8.
 */
import type { Connection } from '../../runtime/connection.ts'

export type Argument =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }

export type ReadCommand = { readonly kind: 'command'; readonly name: string; readonly args: readonly Argument[] }

export type CommandInput =
  | ReadCommand
  | { readonly kind: 'malformed'; readonly name: string }
  | { readonly kind: 'tooLarge'; readonly name: string }
  /** nobody waits for so much */
  | { readonly kind: 'hopeless' }

export type ReadLimits = { readonly maxLiteralBytes: number; readonly timeoutMs: number }

const MAX_LINE_BYTES = 16_384
const MAX_ARGUMENTS = 4
const MAX_SKIPPED_BYTES = 8_388_608
const PIECE_BYTES = 65_536
const WORD = /^[A-Za-z]{1,20}/
const ARGUMENT = /^ *(?:"((?:[^"\\]|\\.)*)"|([0-9]{1,10})(?= |$)|\{([0-9]{1,10})\+?\}$)/s
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @returns null when the bytes are no text */
function decode(bytes: Buffer): string | null {
  try {
    const text = utf8.decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

async function skip(connection: Connection, count: number, timeoutMs: number): Promise<void> {
  for (let left = count; left > 0; left -= PIECE_BYTES) {
    await connection.readBytes(Math.min(left, PIECE_BYTES), { timeoutMs })
  }
}

/** The strings of a line and of the literals in it. @param first what stands before the arguments */
export async function readCommand(connection: Connection, limits: ReadLimits): Promise<CommandInput> {
  const line = decode(await readLine(connection, limits))
  const name = line === null ? '' : (WORD.exec(line)?.[0] ?? '')
  return readArguments(connection, limits, name.toUpperCase(), line === null ? null : line.slice(name.length))
}

/** One string alone on its line: an answer within AUTHENTICATE. */
export async function readString(connection: Connection, limits: ReadLimits): Promise<string | null> {
  const input = await readArguments(connection, limits, '', decode(await readLine(connection, limits)))
  const [first] = input.kind === 'command' ? input.args : []
  return first?.kind === 'string' ? first.text : null
}

function readLine(connection: Connection, { timeoutMs }: ReadLimits): Promise<Buffer> {
  return connection.readLine({ maxBytes: MAX_LINE_BYTES, timeoutMs })
}

async function readArguments(
  connection: Connection,
  limits: ReadLimits,
  name: string,
  text: string | null,
): Promise<CommandInput> {
  const args: Argument[] = []
  let fault: 'malformed' | 'tooLarge' | null = text === null ? 'malformed' : null
  let rest = text ?? ''
  while (rest.trim() !== '') {
    const match = ARGUMENT.exec(rest)
    if (match === null) return { kind: fault ?? 'malformed', name }
    const [whole, quoted, number, literal] = match
    rest = rest.slice(whole.length)
    if (quoted !== undefined) args.push({ kind: 'string', text: quoted.replace(/\\(.)/gs, '$1') })
    else if (number !== undefined) args.push({ kind: 'number', value: Number(number) })
    else {
      const size = Number(literal)
      if (size > MAX_SKIPPED_BYTES || args.length > MAX_ARGUMENTS) return { kind: 'hopeless' }
      const content = size <= limits.maxLiteralBytes ? await connection.readBytes(size, limits) : null
      if (content === null) await skip(connection, size, limits.timeoutMs)
      const decoded = content && decode(content)
      if (decoded === null) fault ??= content === null ? 'tooLarge' : 'malformed'
      else args.push({ kind: 'string', text: decoded })
      rest = decode(await readLine(connection, limits)) ?? '"'
    }
    if (args.length > MAX_ARGUMENTS) fault ??= 'malformed'
  }
  return fault === null ? { kind: 'command', name, args } : { kind: fault, name }
}

/** For the wire: quoted where that can be, else a literal. */
export function wireString(text: string): string {
  const isShort = text.length <= 1_000 && !/[\r\n\0]/.test(text)
  return isShort ? `"${text.replaceAll(/["\\]/g, '\\$&')}"` : `{${Buffer.byteLength(text)}}\r\n${text}`
}

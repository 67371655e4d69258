/**
 * Reads one command with its literals from the wire (RFC 9051 §2.2, §4.3; non-synchronising literals of RFC 7888).
 *
 * Guarantees: a literal's size is checked before anything is allocated and before the client is told to send it; a
 * command takes at most the budget, in whatever pieces it comes. A literal that was refused but is on its way already is
 * read and dropped; one that is too large for that ends the session.
 */
import type { Connection } from '../../runtime/connection.ts'
import { NoRoom } from '../../runtime/errors.ts'
import { incomingTexts } from '../../runtime/text-budget.ts'
import type { CommandText } from './syntax.ts'

export type CommandBudget<Refusal> = {
  readonly maxLineBytes: number
  /** all lines and literals of a command together; the command begins with `firstText` */
  readonly maxCommandBytes: (firstText: string) => number
  readonly maxLiterals: (firstText: string) => number
  /** of a literal that comes without asking (RFC 7888) */
  readonly maxUnannouncedBytes: number
  /** what may come of a command after it was too much */
  readonly maxDroppedBytes: number
  /** the command's first line must be there within this time */
  readonly idleMs: number
  /** what to say of a literal that there was no memory for */
  readonly noRoom: Refusal
}

/** A literal that is about to come. `texts` is what has been read of the command. */
export type LiteralRequest = { readonly texts: readonly string[]; readonly sizeBytes: number }

/** @returns null to accept, or the reason of the refusal */
export type LiteralGate<Refusal> = (request: LiteralRequest) => Promise<Refusal | null>

export type CommandInput<Refusal> =
  | { readonly kind: 'command'; readonly command: CommandText }
  | { readonly kind: 'refused'; readonly firstText: string; readonly refusal: Refusal }
  /** `isComing`: the client sends it without waiting; only closing the connection stops it */
  | { readonly kind: Excess; readonly firstText: string; readonly isComing: boolean }

export type Excess = 'tooLarge' | 'tooMany'

type LiteralMark = { readonly sizeBytes: number; readonly isSynchronising: boolean }

/** The "~" of a literal8 (RFC 3516) stays in the text before it: what it means is the command's business. */
const LITERAL_MARK = /\{(\d{1,20})([+-]?)\}$/
/** Within a command the client is not a person who thinks. */
const CONTINUATION_MS = 120_000
/** Whatever is larger shares the memory of all that is coming in. */
const SMALL_BYTES = 65_536

function splitMark(line: string): { text: string; mark: LiteralMark | null } {
  const match = LITERAL_MARK.exec(line)
  if (!match) return { text: line, mark: null }
  const mark = { sizeBytes: Number(match[1]), isSynchronising: match[2] === '' }
  return { text: line.slice(0, match.index), mark }
}

export async function readCommand<Refusal>(
  connection: Connection,
  budget: CommandBudget<Refusal>,
  gate: LiteralGate<Refusal>,
): Promise<CommandInput<Refusal>> {
  const texts: string[] = []
  const literals: Buffer[] = []
  let usedBytes = 0
  let literalCount = 0
  let refusal: Refusal | null = null
  let excess: Excess | null = null
  for (;;) {
    const timeoutMs = texts.length === 0 ? budget.idleMs : CONTINUATION_MS
    const line = await connection.readLine({ maxBytes: budget.maxLineBytes, timeoutMs })
    const { text, mark } = splitMark(line.toString('latin1'))
    if (excess === null) texts.push(text)
    usedBytes += line.length
    const firstText = texts[0] as string
    if (mark === null) {
      if (excess !== null) return { kind: excess, firstText, isComing: false }
      return refusal === null
        ? { kind: 'command', command: { texts, literals } }
        : { kind: 'refused', firstText, refusal }
    }
    const { sizeBytes, isSynchronising } = mark
    const maxLiterals = budget.maxLiterals(firstText)
    literalCount += 1
    if (literalCount > maxLiterals) excess ??= 'tooMany'
    const excessBytes = usedBytes + sizeBytes - budget.maxCommandBytes(firstText)
    if (excessBytes > 0) excess ??= 'tooLarge'
    if (!isSynchronising && sizeBytes > budget.maxUnannouncedBytes) excess ??= 'tooLarge'
    const isEndless = literalCount > 2 * maxLiterals || excessBytes > budget.maxDroppedBytes
    if (excess !== null && (isSynchronising || isEndless)) {
      return { kind: excess, firstText, isComing: !isSynchronising }
    }
    usedBytes += sizeBytes
    if (excess === null) refusal ??= await gate({ texts, sizeBytes })
    if (refusal !== null && isSynchronising) return { kind: 'refused', firstText, refusal }
    if (excess !== null || refusal !== null) {
      if (excess === null) literals.push(Buffer.alloc(0))
      await connection.skipBytes(sizeBytes, { timeoutMs: CONTINUATION_MS })
      continue
    }
    if (isSynchronising) connection.write('+ OK\r\n')
    const literal = await readLiteral(connection, sizeBytes)
    if (literal === null) refusal = budget.noRoom
    literals.push(literal ?? Buffer.alloc(0))
  }
}

/** @returns null when there was no room for it; it has been read all the same */
async function readLiteral(connection: Connection, sizeBytes: number): Promise<Buffer | null> {
  const limits = { timeoutMs: CONTINUATION_MS }
  if (sizeBytes <= SMALL_BYTES) return connection.readBytes(sizeBytes, limits)
  try {
    return await connection.readBytes(sizeBytes, { ...limits, budget: incomingTexts })
  } catch (error) {
    if (error instanceof NoRoom) return null
    throw error
  }
}

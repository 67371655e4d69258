/**
 * Many messages in one row, a column each: what database and driver spend on writing and reading a number is more than
 * finding it costs. So nothing is written that is known, and flags are two bytes a message.
 *
 * Guarantees: ascending UIDs, because `messagesIn` walks ascending ranges one by one. Refuses: an envelope with a line
 * break in it, which none has (lib/mime/imap-envelope.ts).
 */
import type { MessageFlags } from '#lib/mail/message-flags.ts'
import { messagesIn, type UidRange, uidsIn } from './uid-range.ts'

export type FlagsRow = MessageFlags & {
  readonly uid: number
  /** 0 where it was not asked for */
  readonly modseq: number
}

export type MessageRow = FlagsRow & {
  readonly bodyId: number
  readonly sizeBytes: number
  readonly internalDate: Date
  /** in wire form */
  readonly envelope: string
}

export type UidColumn = {
  /** null: all that were asked for */
  readonly uids: readonly number[] | null
}

export type FlagsColumns = UidColumn & {
  /** int2 each, big-endian; null when there are no messages */
  readonly flags: Buffer | null
  /** null when nobody asked for them */
  readonly modseqs: readonly number[] | null
  /** of those that have any, by UID */
  readonly keywords: Readonly<Record<string, readonly string[]>> | null
}

export type RowColumns = FlagsColumns & {
  readonly bodyIds: readonly number[]
  readonly sizes: readonly number[]
  readonly internalDatesMs: readonly number[]
  /** one a line */
  readonly envelopes: string
}

/** For SELECT from `messagesIn` the ranges $3 and $4; $5 is how many UIDs those are. */
export const uidsAsColumn = `CASE WHEN count(*) < $5 THEN coalesce(array_agg(m.uid), '{}') END AS uids`

/** @param wantsModseqs an expression */
export const flagsAsColumns = (wantsModseqs: string) => `
${uidsAsColumn}, string_agg(int2send(m.flags), '') AS flags,
array_agg(m.modseq) FILTER (WHERE ${wantsModseqs}) AS modseqs,
(SELECT json_object_agg(m.uid, m.keywords) FROM ${messagesIn('$3', '$4', { only: "keywords <> '{}'" })}) AS keywords`

export const rowsAsColumns = (envelope: string) => `${flagsAsColumns('true')},
array_agg(m.body_id) AS "bodyIds", array_agg(m.size_bytes) AS sizes,
array_agg((date_part('epoch', m.internal_date) * 1000)::int8) AS "internalDatesMs",
string_agg(${envelope}, E'\\n') AS envelopes`

const NO_KEYWORDS: readonly string[] = []
const FLAGS_BYTES = 2

/** @param asked the ranges */
export const foundUids = ({ uids }: UidColumn, asked: readonly UidRange[]) => uids ?? uidsIn(asked)

export function flagsRows(columns: FlagsColumns | undefined, asked: readonly UidRange[]): FlagsRow[] {
  if (!columns?.flags) return []
  const { flags, modseqs, keywords } = columns
  return foundUids(columns, asked).map((uid, index) => ({
    uid,
    flags: flags.readInt16BE(index * FLAGS_BYTES),
    modseq: modseqs?.[index] ?? 0,
    keywords: keywords?.[uid] ?? NO_KEYWORDS,
  }))
}

export function messageRows(columns: RowColumns | undefined, asked: readonly UidRange[]): MessageRow[] {
  if (!columns?.flags) return []
  const { bodyIds, sizes, internalDatesMs } = columns
  const envelopes = columns.envelopes.split('\n')
  return flagsRows(columns, asked).map((row, index) => ({
    ...row,
    bodyId: bodyIds[index] as number,
    sizeBytes: sizes[index] as number,
    internalDate: new Date(internalDatesMs[index] as number),
    envelope: envelopes[index] as string,
  }))
}

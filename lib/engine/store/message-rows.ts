/**
 * Many messages in one row of arrays, a column each: what a driver spends on each value of each row is more than the
 * database spends on finding it.
 *
 * Guarantees: ascending UIDs, because `messagesIn` walks ascending ranges one by one. Refuses: an envelope with a line
 * break in it, which none has (lib/mime/imap-envelope.ts).
 */
import type { MessageFlags } from '#lib/mail/message-flags.ts'

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

/** Arrays are null when there are no messages. */
export type FlagsColumns = {
  readonly uids: readonly number[] | null
  readonly flags: readonly number[]
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

/** For SELECT. @param wantsModseqs an expression; cardinality() is several times cheaper than a comparison of arrays */
export const flagsAsColumns = (wantsModseqs: string) => `
array_agg(m.uid) AS uids, array_agg(m.flags) AS flags, array_agg(m.modseq) FILTER (WHERE ${wantsModseqs}) AS modseqs,
json_object_agg(m.uid, m.keywords) FILTER (WHERE cardinality(m.keywords) > 0) AS keywords`

export const rowsAsColumns = (envelope: string) => `${flagsAsColumns('true')},
array_agg(m.body_id) AS "bodyIds", array_agg(m.size_bytes) AS sizes,
array_agg((date_part('epoch', m.internal_date) * 1000)::int8) AS "internalDatesMs",
string_agg(${envelope}, E'\\n') AS envelopes`

const NO_KEYWORDS: readonly string[] = []

export function flagsRows(columns: FlagsColumns | undefined): FlagsRow[] {
  if (!columns?.uids) return []
  const { uids, flags, modseqs, keywords } = columns
  return uids.map((uid, index) => ({
    uid,
    flags: flags[index] as number,
    modseq: modseqs?.[index] ?? 0,
    keywords: keywords?.[uid] ?? NO_KEYWORDS,
  }))
}

export function messageRows(columns: RowColumns | undefined): MessageRow[] {
  if (!columns?.uids) return []
  const { bodyIds, sizes, internalDatesMs } = columns
  const envelopes = columns.envelopes.split('\n')
  return flagsRows(columns).map((row, index) => ({
    ...row,
    bodyId: bodyIds[index] as number,
    sizeBytes: sizes[index] as number,
    internalDate: new Date(internalDatesMs[index] as number),
    envelope: envelopes[index] as string,
  }))
}

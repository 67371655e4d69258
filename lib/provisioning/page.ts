/** Long lists in pages: a cursor names the last item of the page before. */
import { z } from 'zod'

export const pageInput = z.object({
  cursor: z
    .string()
    .regex(/^[a-zA-Z0-9-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type Page<Item> = {
  readonly items: readonly Item[]
  /** null: this was the last page */
  readonly nextCursor: string | null
}

/** @param rows one more than the page has, where there are more */
export function pageOf<Row extends { readonly id: string | number | bigint }, Item>(
  rows: readonly Row[],
  limit: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(itemOf), nextCursor: rows.length > limit && last !== undefined ? String(last.id) : null }
}

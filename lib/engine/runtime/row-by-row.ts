/**
 * Works through the rows that are due, some at a time.
 *
 * Guarantees: a row is taken and done in one commit with the others of its batch, so a process that dies leaves it for
 * the next; what `done` gives back runs after that commit.
 */
import type { Database, Queryable } from '#lib/db/database.ts'

export type DueRows<Row> = {
  readonly atOnce: number
  /** Takes at the most `atOnce` rows, past those that another process holds (FOR UPDATE SKIP LOCKED). */
  readonly take: (transaction: Queryable) => Promise<readonly Row[]>
  readonly done: (transaction: Queryable, row: Row) => Promise<AfterCommit | undefined>
}

type AfterCommit = () => void

/** Until fewer rows than a full batch are due. */
export async function workRowByRow<Row>(database: Database, rows: DueRows<Row>): Promise<void> {
  while (await workBatch(database, rows));
}

async function workBatch<Row>(database: Database, { atOnce, take, done }: DueRows<Row>): Promise<boolean> {
  const { count, afterCommits } = await database.transaction(async (transaction) => {
    const due = await take(transaction)
    const afterCommits: (AfterCommit | undefined)[] = []
    for (const row of due) afterCommits.push(await done(transaction, row))
    return { count: due.length, afterCommits }
  })
  for (const afterCommit of afterCommits) afterCommit?.()
  return count === atOnce
}

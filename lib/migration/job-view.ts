/** A job as people see it: never a password, never a message. */
import { type MigrationProblem, migrationProblems } from './problems.ts'

export const jobStates = ['WAITING', 'RUNNING', 'PAUSED', 'COPIED', 'DONE', 'FAILED', 'CANCELLED'] as const
export type JobState = (typeof jobStates)[number]

/** A mailbox has one job at the most in one of these. */
export const unfinishedStates: readonly JobState[] = ['WAITING', 'RUNNING', 'PAUSED', 'COPIED']

export type JobView = {
  readonly id: string
  readonly address: string
  readonly sourceName: string
  readonly state: JobState
  /** whether the mailbox is taken over at the end */
  readonly isFinal: boolean
  readonly problem: MigrationProblem | null
  readonly folderName: string | null
  readonly found: number
  readonly copied: number
  readonly bytesCopied: number
  readonly uidls: number
  readonly faults: number
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** What a query of jobs must bring. */
export const jobParts = {
  mailbox: { select: { address: true } },
  source: { select: { name: true } },
  _count: { select: { faults: true } },
} as const

type JobRow = {
  readonly id: string
  readonly state: JobState
  readonly isFinal: boolean
  readonly problem: string | null
  readonly folderName: string | null
  readonly messagesFound: number
  readonly messagesCopied: number
  readonly bytesCopied: bigint
  readonly uidlsTaken: number
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly mailbox: { readonly address: string }
  readonly source: { readonly name: string }
  readonly _count: { readonly faults: number }
}

export function jobView(row: JobRow): JobView {
  return {
    id: row.id,
    address: row.mailbox.address,
    sourceName: row.source.name,
    state: row.state,
    isFinal: row.isFinal,
    problem: migrationProblems.find((known) => known === row.problem) ?? null,
    folderName: row.folderName,
    found: Math.max(row.messagesFound, row.messagesCopied),
    copied: row.messagesCopied,
    bytesCopied: Number(row.bytesCopied),
    uidls: row.uidlsTaken,
    faults: row._count.faults,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

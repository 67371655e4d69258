/**
 * Jobs of migration, claimed like the queue's recipients: by a lease that ends by itself when its process dies.
 *
 * Guarantees: one process works at a job, and a source never has more of them than its operator allows. Whoever has
 * lost the lease (slept too long, or a person paused the job) can write nothing any more: every change asks for it.
 */
import { randomUUID } from 'node:crypto'
import type { Database, Queryable } from '#lib/db/database.ts'
import type { MigrationProblem } from '#lib/migration/problems.ts'
import type { SourceKind } from '#lib/migration/source-settings.ts'

export type ClaimedJob = {
  readonly id: string
  readonly leaseToken: string
  readonly mailboxId: number
  readonly sourceId: string
  readonly sourceLogin: string
  readonly sealedPassword: Buffer | null
  readonly isFinal: boolean
  readonly attemptCount: number
  readonly source: JobSource
}

export type JobSource = {
  readonly kind: SourceKind
  readonly host: string
  readonly imapPort: number
  readonly pop3Port: number
  readonly tls: 'IMPLICIT' | 'STARTTLS' | 'NONE'
  readonly authority: string
  readonly directory: string
  readonly loginForm: string
  readonly sealedMasterPassword: Buffer | null
  readonly maxConnections: number
  readonly messagesPerSecond: number
}

/** Somebody else has the job now, or a person stopped it. */
export class LeaseLost extends Error {}

export const LEASE_SECONDS = 10

const DUE = `((j.state = 'WAITING' AND j.next_attempt_at <= now()) OR (j.state = 'RUNNING' AND j.leased_until < now()))`

const LOCK_SOURCE = {
  name: 'migration-lock-source',
  text: `
SELECT s.id FROM migration_sources s
WHERE EXISTS (SELECT FROM migration_jobs j WHERE j.source_id = s.id AND ${DUE})
  AND (SELECT count(*) FROM migration_jobs j WHERE j.source_id = s.id AND j.state = 'RUNNING' AND j.leased_until >= now()) < s.max_connections
ORDER BY random() LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
}
/** A statement of its own: it counts what others committed before the lock was theirs to give. */
const CLAIM = {
  name: 'migration-claim',
  text: `
WITH due AS (
  SELECT j.id FROM migration_jobs j JOIN migration_sources s ON s.id = j.source_id
  WHERE s.id = $1::uuid AND ${DUE}
    AND (SELECT count(*) FROM migration_jobs r WHERE r.source_id = s.id AND r.state = 'RUNNING' AND r.leased_until >= now()) < s.max_connections
  ORDER BY j.next_attempt_at, j.id LIMIT 1 FOR NO KEY UPDATE OF j SKIP LOCKED
)
UPDATE migration_jobs j SET state = 'RUNNING', lease_token = $2::uuid, leased_until = now() + $3 * interval '1 second',
  started_at = coalesce(j.started_at, now()), problem = NULL
FROM due, migration_sources s
WHERE j.id = due.id AND s.id = j.source_id
RETURNING j.id, j.lease_token AS "leaseToken", j.mailbox_id AS "mailboxId", j.source_id AS "sourceId",
  j.source_login AS "sourceLogin", j.sealed_password AS "sealedPassword", j.is_final AS "isFinal",
  j.attempt_count AS "attemptCount", s.kind, s.host, s.imap_port AS "imapPort", s.pop3_port AS "pop3Port", s.tls,
  s.authority, s.directory, s.login_form AS "loginForm", s.sealed_master_password AS "sealedMasterPassword",
  s.max_connections AS "maxConnections", s.messages_per_second AS "messagesPerSecond"`,
}

type ClaimedRow = Omit<ClaimedJob, 'source'> & JobSource

export function claimJob(database: Database): Promise<ClaimedJob | null> {
  return database.transaction(async (transaction) => {
    const [source] = await transaction.query<{ id: string }>(LOCK_SOURCE, [])
    if (source === undefined) return null
    const [row] = await transaction.query<ClaimedRow>(CLAIM, [source.id, randomUUID(), LEASE_SECONDS])
    return row === undefined ? null : { ...row, source: row }
  })
}

const changing = (name: string, change: string) => ({
  name,
  text: `UPDATE migration_jobs SET ${change}
WHERE id = $1 AND lease_token = $2 AND state = 'RUNNING' RETURNING id`,
})

const RENEW = changing('migration-renew', "leased_until = now() + $3 * interval '1 second'")
const ENTER = changing('migration-enter', 'folder_name = $3')
const COUNT_FOUND = changing('migration-count-found', 'messages_found = $3, messages_copied = $4, bytes_copied = $5')
const COUNT_COPIED = changing(
  'migration-count-copied',
  'messages_copied = messages_copied + $3, bytes_copied = bytes_copied + $4, attempt_count = 0',
)
const COUNT_UIDLS = changing('migration-count-uidls', 'uidls_taken = $3')
const END = changing(
  'migration-end',
  `state = $3::migration_state, problem = $4, finished_at = now(), lease_token = NULL, leased_until = NULL,
   folder_name = NULL, attempt_count = 0, sealed_password = CASE WHEN $3 = 'COPIED' OR $4 = 'mailboxFull' THEN sealed_password END`,
)
const PUT_OFF = changing(
  'migration-put-off',
  `state = 'WAITING', problem = $3, next_attempt_at = now() + $4 * interval '1 second', lease_token = NULL,
   leased_until = NULL, attempt_count = attempt_count + 1`,
)

async function change(
  queryable: Queryable,
  statement: { name: string; text: string },
  { id, leaseToken }: ClaimedJob,
  ...values: readonly unknown[]
): Promise<void> {
  const changed = await queryable.query(statement, [id, leaseToken, ...values])
  if (changed.length === 0) throw new LeaseLost(`job ${id} is not ours any more`)
}

export const renewLease = (queryable: Queryable, job: ClaimedJob) => change(queryable, RENEW, job, LEASE_SECONDS)

export const enterFolder = (queryable: Queryable, job: ClaimedJob, name: string) => change(queryable, ENTER, job, name)

/** What the source has, and what of it is here already. */
export const countFound = (queryable: Queryable, job: ClaimedJob, found: number, here: number, bytes: number) =>
  change(queryable, COUNT_FOUND, job, found, here, bytes)

export const countCopied = (transaction: Queryable, job: ClaimedJob, messages: number, bytes: number) =>
  change(transaction, COUNT_COPIED, job, messages, bytes)

export const countUidls = (transaction: Queryable, job: ClaimedJob, count: number) =>
  change(transaction, COUNT_UIDLS, job, count)

export const endJob = (
  queryable: Queryable,
  job: ClaimedJob,
  state: 'COPIED' | 'DONE' | 'FAILED',
  problem: MigrationProblem | null,
) => change(queryable, END, job, state, problem)

export const putJobOff = (queryable: Queryable, job: ClaimedJob, problem: MigrationProblem, seconds: number) =>
  change(queryable, PUT_OFF, job, problem, seconds)

const NOTE_FAULT = {
  name: 'migration-note-fault',
  text: `
INSERT INTO migration_faults (job_id, folder_name, source_key, problem) VALUES ($1, $2, $3, $4)
ON CONFLICT (job_id, folder_name, source_key) DO UPDATE SET problem = excluded.problem, tried_again = false, at = now()`,
}
const FORGET_FAULTS = {
  name: 'migration-forget-faults',
  text: `
DELETE FROM migration_faults f USING migration_jobs j
WHERE j.id = f.job_id AND j.mailbox_id = $1 AND j.source_id = $2 AND f.folder_name = $3 AND f.source_key = ANY ($4)`,
}
const READ_FAULTS = {
  name: 'migration-read-faults',
  text: `
SELECT f.folder_name AS "folderName", f.source_key AS "sourceKey",
  bool_or(j.id = $1 AND NOT f.tried_again) AS "isOfThisPass", bool_or(f.problem = 'messageUnreadable') AS "isUnreadable"
FROM migration_faults f JOIN migration_jobs j ON j.id = f.job_id WHERE j.mailbox_id = $2 AND j.source_id = $3
GROUP BY f.folder_name, f.source_key`,
}
const CLOSE_FAULTS = {
  name: 'migration-close-faults',
  text: 'DELETE FROM migration_faults WHERE job_id = $1 AND tried_again AND folder_name <> ALL ($2)',
}

export type Fault = { readonly folderName: string; readonly sourceKey: string; readonly problem: MigrationProblem }

/** What could not be brought, by faultKey. */
export type KnownFaults = {
  /** it is left alone until the next pass */
  readonly ofThisPass: ReadonlySet<string>
  /** of messages that the source would not hand over earlier, to this job or another: they are asked for again */
  readonly leftBehind: ReadonlySet<string>
}

export async function noteFault(queryable: Queryable, { id }: ClaimedJob, fault: Fault): Promise<void> {
  const { folderName, sourceKey, problem } = fault
  await queryable.query(NOTE_FAULT, [id, folderName, sourceKey, problem])
}

/** They have come after all. */
export async function forgetFaults(
  queryable: Queryable,
  { mailboxId, sourceId }: ClaimedJob,
  folderName: string,
  sourceKeys: readonly string[],
): Promise<void> {
  await queryable.query(FORGET_FAULTS, [mailboxId, sourceId, folderName, sourceKeys])
}

/** At the end of a pass: what it had to try again has come, was noted anew, or is no more. @param unread folders */
export async function closeFaults(queryable: Queryable, { id }: ClaimedJob, unread: readonly string[]): Promise<void> {
  await queryable.query(CLOSE_FAULTS, [id, unread])
}

export async function knownFaults(queryable: Queryable, { id, mailboxId, sourceId }: ClaimedJob): Promise<KnownFaults> {
  type Row = { folderName: string; sourceKey: string; isOfThisPass: boolean; isUnreadable: boolean }
  const rows = await queryable.query<Row>(READ_FAULTS, [id, mailboxId, sourceId])
  const keysOf = (which: readonly Row[]) =>
    new Set(which.map(({ folderName, sourceKey }) => faultKey(folderName, sourceKey)))
  return {
    ofThisPass: keysOf(rows.filter(({ isOfThisPass }) => isOfThisPass)),
    leftBehind: keysOf(rows.filter(({ isOfThisPass, isUnreadable }) => isUnreadable && !isOfThisPass)),
  }
}

/** "folder" + NUL + key */
export const faultKey = (folderName: string, sourceKey: string): string => `${folderName}\0${sourceKey}`

/** A recipient of the queue that an operator acts on: locked, and not ended yet. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'

export const recipientId = z.string().regex(/^\d{1,18}$/)

type OpenRecipient = {
  id: bigint
  domain: string
  state: 'WAITING' | 'HELD'
  isCancelled: boolean
  mailboxId: number | null
}
type Row = Omit<OpenRecipient, 'state'> & { state: string }

/** @throws AppError not_found, conflict (it has ended, or is about to) */
export async function lockOpenRecipient(transaction: Prisma.TransactionClient, id: string): Promise<OpenRecipient> {
  const [row] = await transaction.$queryRaw<Row[]>`
    SELECT r.id, r.domain, r.state::text AS state, r.cancel_requested_at IS NOT NULL AS "isCancelled", m.mailbox_id AS "mailboxId"
    FROM queued_recipients r JOIN queued_messages m ON m.id = r.message_id
    WHERE r.id = ${BigInt(id)} FOR UPDATE OF r`
  if (row === undefined) throw notFound(`queued recipient ${id}`)
  const { state } = row
  if (state !== 'WAITING' && state !== 'HELD') throw hasEnded(id)
  return { ...row, state }
}

type Change = { readonly action: 'queue.hold' | 'queue.release' | 'queue.cancel'; readonly reason: string }

/** Nobody's address is in it: the record outlives the trace of the message. */
export async function recordChange(
  transaction: Prisma.TransactionClient,
  actor: Actor,
  { id, mailboxId }: OpenRecipient,
  change: Change,
): Promise<void> {
  const subject = `queuedRecipient:${id}`
  await appendAudit(transaction, { ...change, actorId: actor.accountId, subject, mailboxId, details: {} })
}

/** Relay workers look at once; with the commit of the transaction. */
export async function wakeRelays(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`SELECT pg_notify('queue_changed', '')`
}

/** An operator wants it tried now: that the destination could not be reached the last time does not count. */
export async function lookAgain(transaction: Prisma.TransactionClient, domain: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE unreachable_destinations SET next_probe_at = now() WHERE domain IN (${domain}, '*')`
}

export function hasEnded(id: string): AppError {
  return new AppError('conflict', `queued recipient ${id} has ended`, {
    ja: 'この宛先への配達は、もう終わったか取りやめになっています。何も変更していません。一覧でお確かめください。',
    en: 'The delivery to this recipient has ended or been given up meanwhile. Nothing was changed. Look at the list again.',
  })
}

/**
 * What an agent sees of a customer: contract, mailboxes, credentials without secrets, and how logins went. Never
 * subjects, bodies, correspondents, nor what was sent when (secrecy of communications): events are logins and refused
 * logins only, without their transcripts.
 */
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { type CredentialView, listCredentials, type SendingMethod } from '#lib/accounts/index.ts'
import { type EventView, eventView } from '#lib/activity/event-view.ts'
import { loginEvents } from '#lib/activity/list-events.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type OldHostDevice, oldHostDevicesOf } from '#lib/move/old-host-devices.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { type TraceState, traceState } from '#lib/trace-consent/read-trace.ts'
import { requireOpenCustomer } from './open-customer.ts'

export type AssistedEvent = Omit<EventView, 'raw'>

export type AssistedMailbox = {
  readonly id: number
  readonly address: string
  readonly sendingMethod: SendingMethod
  readonly suspendedAt: Date | null
  readonly sendingHeldAt: Date | null
  readonly usedBytes: number
  readonly quotaBytes: number
  /** recipients in the last 24 hours, of `maxRecipientsPerDay` */
  readonly recipientsOfDay: number
  readonly maxRecipientsPerDay: number
  readonly credentials: readonly CredentialView[]
  /** whether the owner lets this agent see with whom they correspond */
  readonly trace: TraceState
  readonly logins: readonly AssistedEvent[]
  readonly oldHostDevices: readonly OldHostDevice[]
}

export type AssistedCustomer = {
  readonly customerId: string
  readonly contractNumber: string
  readonly name: string
  readonly nameKana: string
  readonly contact: { readonly phone: string; readonly changedAt: Date | null } | null
  readonly mailboxes: readonly AssistedMailbox[]
  /** why this agent has the page open */
  readonly reason: string
}

const LOGINS_SHOWN = 15
const DAY_MS = 86_400_000

/** @throws AppError not_found, forbidden (not opened with a reason) */
export async function readCustomer(actor: Actor, customerId: string): Promise<AssistedCustomer> {
  const reason = await requireOpenCustomer(actor, customerId)
  const customer = await prisma().customer.findUnique({
    where: { id: customerId },
    include: { mailboxes: { orderBy: { id: 'asc' } }, contact: { select: { phone: true, changedAt: true } } },
  })
  if (customer === null) throw notFound(`customer ${customerId}`)
  const { maxRecipientsPerDay } = (await currentPolicy()).document.submission.limits
  const mailboxes = await Promise.all(
    customer.mailboxes.map(async ({ id, address, sendingMethod, suspendedAt, sendingHeldAt, ...mailbox }) => {
      const [credentials, logins, recipientsOfDay, oldHostDevices, trace] = await Promise.all([
        listCredentials(actor, id),
        latestLogins(id),
        countRecipientsOfDay(id),
        oldHostDevicesOf([id]),
        traceState(actor, id),
      ])
      const seen = { credentials, logins, oldHostDevices, trace }
      const state = { id, address, sendingMethod, suspendedAt, sendingHeldAt, ...seen }
      const [usedBytes, quotaBytes] = [Number(mailbox.usedBytes), Number(mailbox.quotaBytes)]
      return { ...state, usedBytes, quotaBytes, recipientsOfDay, maxRecipientsPerDay }
    }),
  )
  const { contractNumber, name, nameKana, contact } = customer
  return { customerId, contractNumber, name, nameKana, contact, mailboxes, reason }
}

/** How many, never whom. */
async function countRecipientsOfDay(mailboxId: number): Promise<number> {
  const { _sum: sum } = await prisma().sendingCounter.aggregate({
    where: { mailboxId, subject: '', hour: { gt: new Date(Date.now() - DAY_MS) } },
    _sum: { recipients: true },
  })
  return sum.recipients ?? 0
}

async function latestLogins(mailboxId: number): Promise<AssistedEvent[]> {
  const rows = await prisma().protocolEvent.findMany({
    where: { mailboxId, ...loginEvents },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: LOGINS_SHOWN,
  })
  return rows.map((row) => {
    const { raw: _raw, ...event } = eventView(row)
    return event
  })
}

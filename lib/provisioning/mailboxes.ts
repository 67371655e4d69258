/** Mailboxes, for operators and their programs: listed, found, added, suspended and resumed. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { isWithheldAddress } from '#lib/accounts/free-address.ts'
import { createMailbox } from '#lib/accounts/index.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { resumeMailboxFor, suspendMailboxFor, suspensionText } from '#lib/accounts/suspension.ts'
import { type MailboxView, mailboxView } from '#lib/accounts/views.ts'
import { actingOnMany } from '#lib/approvals/act-on-many.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'
import { ownAddress, taken } from './own-address.ts'
import { type Page, pageInput, pageOf } from './page.ts'

export const listMailboxesInput = pageInput.extend({
  customerId: z.uuid().optional(),
  address: z.string().trim().toLowerCase().max(320).optional(),
})
export const addMailboxInput = z.strictObject({
  customerId: z.uuid(),
  address: z.string().trim().toLowerCase().max(320),
  displayName: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]*$/u),
  popBeforeSmtp: z.boolean().default(false),
})
export const suspendInput = z.strictObject({
  mailboxId: z.coerce.number().int().positive(),
  reason: auditReason,
  textJa: suspensionText,
  textEn: suspensionText,
})
export const resumeInput = z.strictObject({ mailboxId: z.coerce.number().int().positive(), reason: auditReason })

export type ProvisionedMailbox = MailboxView & { readonly customerId: string }

/** @throws AppError forbidden */
export async function listAllMailboxes(
  actor: Actor,
  input: z.input<typeof listMailboxesInput>,
): Promise<Page<ProvisionedMailbox>> {
  requirePermission(actor, 'accounts.read')
  const { cursor, limit, customerId, address } = listMailboxesInput.parse(input)
  const rows = await prisma().mailbox.findMany({
    where: {
      ...(cursor === undefined ? {} : { id: { gt: z.coerce.number().int().parse(cursor) } }),
      ...(customerId === undefined ? {} : { customerId }),
      ...(address === undefined ? {} : { address }),
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, view)
}

/** @throws AppError forbidden, not_found */
export async function findMailbox(actor: Actor, { mailboxId }: { mailboxId: number }): Promise<ProvisionedMailbox> {
  requirePermission(actor, 'accounts.read')
  return view(await mailboxRow(mailboxId))
}

/** @throws AppError forbidden, not_found (the customer), invalid_input (no address of ours), conflict (it is taken) */
export async function addMailbox(actor: Actor, input: z.input<typeof addMailboxInput>): Promise<ProvisionedMailbox> {
  requirePermission(actor, 'accounts.change')
  const { customerId, ...order } = addMailboxInput.parse(input)
  const address = ownAddress(order.address)
  return prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`address ${address}`}))`
    if ((await transaction.customer.count({ where: { id: customerId } })) === 0)
      throw notFound(`customer ${customerId}`)
    const [mailboxes, aliases, credentials] = await Promise.all([
      transaction.mailbox.count({ where: { address } }),
      transaction.alias.count({ where: { address } }),
      // A mailbox must not be called as some credential is: the engine would not know which of the two was meant.
      transaction.credential.count({ where: { username: address.split('@')[0] ?? '' } }),
    ])
    const isWithheld = await isWithheldAddress(transaction, address, null)
    if (isWithheld || mailboxes + aliases + credentials > 0) throw taken(address)
    const { id } = await createMailbox(transaction, { customerId, ...order, address })
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'mailbox.create',
      subject: `mailbox:${id}`,
      mailboxId: id,
      reason: '',
      details: { address, popBeforeSmtp: order.popBeforeSmtp },
    })
    return view(await transaction.mailbox.findUniqueOrThrow({ where: { id } }))
  })
}

/** From the commit on no login succeeds; its owner is told why. @throws AppError forbidden, not_found; AwaitingApproval */
export async function suspendAnyMailbox(
  actor: Actor,
  input: z.input<typeof suspendInput>,
): Promise<ProvisionedMailbox> {
  requirePermission(actor, 'accounts.change')
  const { mailboxId, ...order } = suspendInput.parse(input)
  await mailboxRow(mailboxId)
  await actingOnMany(actor, { mailboxId, operation: 'suspendMailbox', reason: order.reason }, (transaction) =>
    suspendMailboxFor(transaction, actor, mailboxId, order),
  )
  return view(await mailboxRow(mailboxId))
}

/** @throws AppError forbidden, not_found; AwaitingApproval */
export async function resumeAnyMailbox(actor: Actor, input: z.input<typeof resumeInput>): Promise<ProvisionedMailbox> {
  requirePermission(actor, 'accounts.change')
  const { mailboxId, reason: why } = resumeInput.parse(input)
  await mailboxRow(mailboxId)
  await actingOnMany(actor, { mailboxId, operation: 'resumeMailbox', reason: why }, (transaction) =>
    resumeMailboxFor(transaction, actor, mailboxId, why),
  )
  return view(await mailboxRow(mailboxId))
}

async function mailboxRow(id: number): Promise<MailboxModel> {
  const row = await prisma().mailbox.findUnique({ where: { id } })
  if (row === null) throw notFound(`mailbox ${id}`)
  return row
}

function view(row: MailboxModel): ProvisionedMailbox {
  return { ...mailboxView(row), customerId: row.customerId }
}

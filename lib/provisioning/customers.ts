/** Contracts, for operators and their programs: listed, found and added. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/actor.ts'
import { createCustomer } from '#lib/accounts/index.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { canonicalPhoneNumber } from '#lib/mail/phone-number.ts'
import { type Page, pageInput, pageOf } from './page.ts'

const line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u)

export const addCustomerInput = z.strictObject({
  contractNumber: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9-]{1,40}$/),
  name: line,
  nameKana: line,
  phone: z
    .string()
    .transform((text) => canonicalPhoneNumber(text) ?? '')
    .refine((text) => text !== ''),
})

export const listCustomersInput = pageInput.extend({ contractNumber: z.string().max(40).optional() })

export type CustomerView = {
  readonly id: string
  readonly contractNumber: string
  readonly name: string
  readonly nameKana: string
  readonly createdAt: Date
}

/** @throws AppError forbidden */
export async function listCustomers(
  actor: Actor,
  input: z.input<typeof listCustomersInput>,
): Promise<Page<CustomerView>> {
  requirePermission(actor, 'accounts.read')
  const { cursor, limit, contractNumber } = listCustomersInput.parse(input)
  const rows = await prisma().customer.findMany({
    where: {
      ...(cursor === undefined ? {} : { id: { gt: z.uuid().parse(cursor) } }),
      ...(contractNumber === undefined ? {} : { contractNumber }),
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
  })
  return pageOf(rows, limit, customerView)
}

/** @throws AppError forbidden, not_found */
export async function findCustomer(actor: Actor, { customerId }: { customerId: string }): Promise<CustomerView> {
  requirePermission(actor, 'accounts.read')
  const row = await prisma().customer.findUnique({ where: { id: customerId } })
  if (row === null) throw notFound(`customer ${customerId}`)
  return customerView(row)
}

/** @throws AppError forbidden, conflict (the contract number is known) */
export async function addCustomer(actor: Actor, input: z.input<typeof addCustomerInput>): Promise<CustomerView> {
  requirePermission(actor, 'accounts.change')
  const order = addCustomerInput.parse(input)
  return prisma().$transaction(async (transaction) => {
    const { contractNumber } = order
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`contract ${contractNumber}`}))`
    if ((await transaction.customer.count({ where: { contractNumber } })) > 0) throw known(contractNumber)
    const { customerId } = await createCustomer(transaction, order)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'customer.create',
      subject: `customer:${customerId}`,
      mailboxId: null,
      reason: '',
      details: { contractNumber },
    })
    return customerView(await transaction.customer.findUniqueOrThrow({ where: { id: customerId } }))
  })
}

function customerView({ id, contractNumber, name, nameKana, createdAt }: CustomerView): CustomerView {
  return { id, contractNumber, name, nameKana, createdAt }
}

function known(contractNumber: string): AppError {
  return new AppError('conflict', `contract ${contractNumber} is known`, {
    ja: `契約番号 ${contractNumber} は、すでに登録されています。何も登録していません。`,
    en: `The contract number ${contractNumber} is known already. Nothing was added.`,
  })
}

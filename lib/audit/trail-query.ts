/** What is asked of the audit trail: which action, by whom, to whom, from when to when. */
import { z } from 'zod'
import { type Prisma, prisma } from '#lib/db/prisma.ts'

export const trailQuery = z
  .object({
    /** an action ("credential.revoke"), or all of a kind ("credential") */
    action: z
      .string()
      .trim()
      .max(60)
      .regex(/^[a-zA-Z.]*$/)
      .default(''),
    /** the portal login of whoever did it */
    by: z.string().trim().toLowerCase().max(320).default(''),
    /** an address, also of a mailbox that has gone by its number */
    mailbox: z.string().trim().toLowerCase().max(320).default(''),
    from: z.coerce.date(),
    to: z.coerce.date(),
  })
  .refine(({ from, to }) => from < to, { path: ['to'] })

/** Somebody or a mailbox that is not there has no records. */
export async function conditionOf(query: z.output<typeof trailQuery>): Promise<Prisma.AuditRecordWhereInput> {
  const { action, by, mailbox, from, to } = query
  const where: Prisma.AuditRecordWhereInput = { at: { gte: from, lt: to } }
  if (action !== '') where.OR = [{ action }, { action: { startsWith: `${action}.` } }]
  if (by !== '') {
    const account = await prisma().portalAccount.findUnique({ where: { login: by }, select: { id: true } })
    where.actorId = { in: account === null ? [] : [account.id] }
  }
  if (mailbox !== '') where.mailboxId = { in: await mailboxIdsOf(mailbox) }
  return where
}

async function mailboxIdsOf(text: string): Promise<number[]> {
  if (/^\d{1,9}$/.test(text)) return [Number(text)]
  const found = await prisma().mailbox.findUnique({ where: { address: text }, select: { id: true } })
  return found === null ? [] : [found.id]
}

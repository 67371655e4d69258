/** The further addresses of a mailbox, which its owner adds and gives up within the policy. */
import { z } from 'zod'
import { appendAudit } from '#lib/audit/append-audit.ts'
import { type Prisma, prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { currentPolicy } from '#lib/policy/repository.ts'
import { type Actor, notFound } from './actor.ts'
import { auditName, isFreeAddress, withholdAddress } from './free-address.ts'
import { accessibleMailbox } from './mailbox-access.ts'

export type AliasView = { readonly address: string; readonly mailboxId: number; readonly createdAt: Date }

/** What people can say on the telephone; the first character is a letter, so that no alias looks like a number. */
const aliasName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/)
  .min(3)
  .max(30)

export const addAliasInput = z.object({ mailboxId: z.coerce.number().int().positive(), name: aliasName })
export const removeAliasInput = z.object({
  mailboxId: z.coerce.number().int().positive(),
  address: z.string().trim().toLowerCase().min(3).max(320),
})

const DAY_MS = 86_400_000
/** Trying names out is a way to learn which addresses exist. */
const MAX_TRIES_PER_DAY = 20

export async function listAliases(actor: Actor, mailboxId: number): Promise<AliasView[]> {
  await accessibleMailbox(actor, mailboxId, 'manage')
  return prisma().alias.findMany({ where: { mailboxId }, orderBy: { createdAt: 'asc' } })
}

/** @throws AppError not_found, conflict (too many, not to be had), too_many_attempts */
export async function addAlias(actor: Actor, input: z.input<typeof addAliasInput>): Promise<AliasView> {
  const { mailboxId, name } = addAliasInput.parse(input)
  const { domain } = await accessibleMailbox(actor, mailboxId, 'manage')
  const { maxAliases } = (await currentPolicy()).document.ownAddresses
  const parsed = parseMailAddress(`${name}@${domain}`)
  if (parsed === null) throw notToBeHad()
  const address = canonicalAddress(parsed)
  const created = await prisma().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT 1 FROM mailboxes WHERE id = ${mailboxId} FOR NO KEY UPDATE`
    await refuseGuessing(transaction, mailboxId)
    if ((await transaction.alias.count({ where: { mailboxId } })) >= maxAliases) throw tooMany(maxAliases)
    const isFree = await isFreeAddress(transaction, address, mailboxId)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: isFree ? 'alias.add' : 'alias.refuse',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { digest: auditName(address) },
    })
    return isFree ? transaction.alias.create({ data: { address, mailboxId } }) : null
  })
  if (created === null) throw notToBeHad()
  return created
}

/** From the commit on mail to it is refused; for the policy's time nobody else can have it. @throws AppError not_found */
export async function removeAlias(actor: Actor, input: z.input<typeof removeAliasInput>): Promise<void> {
  const { mailboxId, address } = removeAliasInput.parse(input)
  await accessibleMailbox(actor, mailboxId, 'manage')
  await prisma().$transaction(async (transaction) => {
    const { count } = await transaction.alias.deleteMany({ where: { address, mailboxId } })
    if (count === 0) throw notFound(`alias of mailbox ${mailboxId}`)
    await withholdAddress(transaction, address, mailboxId)
    await appendAudit(transaction, {
      actorId: actor.accountId,
      action: 'alias.remove',
      subject: `mailbox:${mailboxId}`,
      mailboxId,
      reason: '',
      details: { digest: auditName(address) },
    })
    await transaction.$executeRaw`SELECT pg_notify('access_changed', ${String(mailboxId)})`
  })
}

async function refuseGuessing(transaction: Prisma.TransactionClient, mailboxId: number): Promise<void> {
  const tries = await transaction.auditRecord.count({
    where: {
      ...{ mailboxId, action: { in: ['alias.add', 'alias.refuse'] } },
      at: { gt: new Date(Date.now() - DAY_MS) },
    },
  })
  if (tries < MAX_TRIES_PER_DAY) return
  throw new AppError('too_many_attempts', `${tries} aliases tried in a day`, {
    ja: '今日はこれ以上、別名アドレスを試せません。明日、もう一度お試しください。何も変更されていません。',
    en: 'No more further addresses can be tried today. Please try again tomorrow. Nothing was changed.',
  })
}

function tooMany(maxAliases: number): AppError {
  return new AppError('conflict', 'too many aliases', {
    ja: `別名アドレスは${maxAliases}個までです。使わないものをやめてから、追加してください。何も変更されていません。`,
    en: `You can have ${maxAliases} further addresses. Give one up that you do not use, then add this one. Nothing was changed.`,
  })
}

function notToBeHad(): AppError {
  return new AppError('conflict', 'address not to be had', {
    ja: 'このアドレスは使えません。別の名前を入力してください。何も変更されていません。',
    en: 'This address cannot be had. Please enter another name. Nothing was changed.',
  })
}

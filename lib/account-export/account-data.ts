/** What is known of a mailbox and its owner, without mail and without anything that opens a door. */
import { credentialView } from '#lib/accounts/views.ts'
import { type MailboxModel, prisma } from '#lib/db/prisma.ts'

export async function accountData(mailbox: MailboxModel): Promise<unknown> {
  const { id: mailboxId, customerId, address, displayName, sendingMethod, createdAt, closesAt } = mailbox
  const [customer, aliases, credentials, forwards, usage, changes] = await Promise.all([
    prisma().customer.findUniqueOrThrow({ where: { id: customerId }, include: { contact: true } }),
    prisma().alias.findMany({ where: { mailboxId } }),
    prisma().credential.findMany({ where: { mailboxId }, orderBy: { createdAt: 'asc' } }),
    prisma().forwardAddress.findMany({ where: { mailboxId } }),
    prisma().usageSample.findMany({ where: { mailboxId }, orderBy: { day: 'asc' } }),
    prisma().auditRecord.findMany({ where: { mailboxId }, orderBy: { id: 'asc' } }),
  ])
  return {
    contract: {
      number: customer.contractNumber,
      name: customer.name,
      nameKana: customer.nameKana,
      phone: customer.contact?.phone ?? null,
    },
    mailbox: {
      ...{ address, displayName, sendingMethod, createdAt, closesAt },
      quotaBytes: Number(mailbox.quotaBytes),
      usedBytes: Number(mailbox.usedBytes),
    },
    furtherAddresses: aliases.map((alias) => ({ address: alias.address, createdAt: alias.createdAt })),
    credentials: credentials.map(credentialView),
    forwards: forwards.map((forward) => ({ address: forward.address, verifiedAt: forward.verifiedAt })),
    usage: usage.map(({ day, usedBytes, sent, refused }) => {
      return { day: day.toISOString().slice(0, 10), usedBytes: Number(usedBytes), sent, refused }
    }),
    changes: changes.map(({ at, action, reason, details }) => ({ at, action, reason, details })),
  }
}

const EVENTS_AT_ONCE = 1_000

/** Each login and refusal, a line of JSON each, newest first. */
export async function* eventLines(mailboxId: number): AsyncGenerator<string> {
  let before: bigint | undefined
  do {
    const rows = await prisma().protocolEvent.findMany({
      where: { mailboxId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: EVENTS_AT_ONCE,
      select: { id: true, at: true, kind: true, listener: true, address: true, tlsVersion: true, detail: true },
    })
    for (const { id: _id, ...event } of rows) yield `${JSON.stringify(event)}\n`
    before = rows.length === EVENTS_AT_ONCE ? rows.at(-1)?.id : undefined
  } while (before !== undefined)
}

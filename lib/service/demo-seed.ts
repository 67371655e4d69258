/**
 * People to try things with, in an embedded database that has nobody yet. Their passwords are random and known only to
 * what this returns.
 */
import { createCustomer, createMailbox, createPortalAccount, issueCredential } from '#lib/accounts/index.ts'
import { generateSecret } from '#lib/accounts/secret.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type DemoSubscriber, demoStaff, demoSubscribers } from './demo-people.ts'
import { addNoticeOf2002 } from './notice-of-2002.ts'

export type DemoAccount = {
  readonly role: 'subscriber' | 'agent' | 'seniorAgent' | 'operator' | 'auditor'
  readonly name: string
  readonly portalLogin: string
  readonly portalPassword: string
  readonly mailbox: string | null
  readonly credentials: readonly {
    readonly label: string
    readonly username: string
    readonly password: string
    readonly scopes: readonly string[]
  }[]
  readonly popBeforeSmtp: boolean
}

const roleNames = {
  SUPPORT_AGENT: 'agent',
  SENIOR_AGENT: 'seniorAgent',
  OPERATOR: 'operator',
  AUDITOR: 'auditor',
} as const

/** The staff come last, in one commit: where they are, an earlier first run got to its end. */
export async function isSeeded(): Promise<boolean> {
  return (await prisma().portalAccount.count({ where: { role: { not: 'SUBSCRIBER' } } })) > 0
}

/** @param keep is given everything just before the last commit, so that no password is lost to an interruption */
export async function seedDemo(domain: string, keep: (accounts: readonly DemoAccount[]) => void): Promise<void> {
  await prisma().$executeRaw`TRUNCATE customers, announcements, audit_records RESTART IDENTITY CASCADE` // what an interrupted first run left
  const subscribers: DemoAccount[] = []
  for (const subscriber of demoSubscribers) subscribers.push(await addSubscriber(subscriber, domain))
  await prisma().$transaction(async (transaction) => {
    const staff: DemoAccount[] = []
    for (const { login, role, name } of demoStaff) {
      const password = generateSecret()
      const account = { login, password, role, displayName: name, customerId: null }
      await createPortalAccount(transaction, { ...account, mailAddress: `postmaster@${domain}` })
      staff.push({
        role: roleNames[role],
        name,
        portalLogin: login,
        portalPassword: password,
        mailbox: null,
        credentials: [],
        popBeforeSmtp: false,
      })
    }
    await addNoticeOf2002(transaction)
    keep([...subscribers, ...staff])
  })
}

async function addSubscriber(person: DemoSubscriber, domain: string): Promise<DemoAccount> {
  const { name, nameKana, contractNumber, phone, popBeforeSmtp, login, device } = person
  const address = `${login}@${domain}`
  const password = generateSecret()
  const { accountId, customerId, mailboxId } = await prisma().$transaction(async (transaction) => {
    const customer = await createCustomer(transaction, { contractNumber, name, nameKana, phone })
    const mailbox = await createMailbox(transaction, { ...customer, address, displayName: name, popBeforeSmtp })
    const account = { login: address, password, role: 'SUBSCRIBER', displayName: name, ...customer } as const
    return { ...customer, ...(await createPortalAccount(transaction, account)), mailboxId: mailbox.id }
  })
  const issued = await issueCredential(
    { accountId, customerId, role: 'SUBSCRIBER' },
    { mailboxId, label: device, clientId: null, scopes: ['submission', 'pop', 'imap'], expiresAt: null },
  )
  const { label, username, scopes } = issued.credential
  return {
    role: 'subscriber',
    name,
    portalLogin: address,
    portalPassword: password,
    mailbox: address,
    credentials: [{ label, username, password: issued.password, scopes }],
    popBeforeSmtp,
  }
}

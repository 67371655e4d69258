/** People and mailboxes for tests, made by the product's own use-cases. Load it after the environment is set. */
import { createMailbox, createPortalAccount, issueCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { currentPolicy, type PolicyDocument, savePolicy } from '#lib/policy/index.ts'
import type { TestSubscriber } from './mailbox.ts'
import { portalPassword } from './password.ts'

type Operator = { accountId: string; role: 'OPERATOR'; customerId: null }

export async function addOperator(): Promise<Operator> {
  const { accountId } = await prisma().$transaction((transaction) =>
    createPortalAccount(transaction, {
      login: 'operator',
      password: portalPassword,
      role: 'OPERATOR',
      displayName: 'Operator',
      customerId: null,
    }),
  )
  return { accountId, role: 'OPERATOR', customerId: null }
}

/** A customer, a sign-in to the portal, a mailbox `login`@domain and one credential of all scopes. */
export async function addSubscriber(login: string, popBeforeSmtp: boolean, name = login): Promise<TestSubscriber> {
  const address = `${login}@${siteEnv().domain}`
  const { actor, mailbox } = await prisma().$transaction(async (transaction) => {
    const customer = await transaction.customer.create({
      data: { contractNumber: `T-${login}`, name, nameKana: login },
    })
    const { accountId } = await createPortalAccount(transaction, {
      login: address,
      password: portalPassword,
      role: 'SUBSCRIBER',
      displayName: name,
      customerId: customer.id,
    })
    const customerId = customer.id
    const box = await createMailbox(transaction, { customerId, address, displayName: name, popBeforeSmtp })
    return { actor: { accountId, role: 'SUBSCRIBER' as const, customerId }, mailbox: box }
  })
  const { credential, password } = await issueCredential(actor, {
    mailboxId: mailbox.id,
    label: 'test',
    clientId: null,
    scopes: ['submission', 'pop', 'imap'],
    expiresAt: null,
  })
  const { id, username, scopes } = credential
  return { id: mailbox.id, address, login: mailbox.login, credential: { id, username, password, scopes }, actor }
}

export async function changePolicy(operator: Operator, change: (document: PolicyDocument) => void): Promise<number> {
  const { version, document: current } = await currentPolicy()
  const document = structuredClone(current)
  change(document)
  return savePolicy(operator, { document, note: 'test', basedOn: version })
}

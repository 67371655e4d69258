/** Those whose secrets are planted: enough mailboxes for many credentials, and agents who do not tire. */
import { createPortalAccount } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { openCustomer } from '#lib/support/open-customer.ts'
import type { TestSubscriber } from './mailbox.ts'
import { portalPassword } from './password.ts'
import { addSubscriber } from './people.ts'

export type SecretPeople = {
  readonly owners: readonly TestSubscriber[]
  readonly agent: { readonly accountId: string; readonly role: 'SUPPORT_AGENT'; readonly customerId: null }
}

const OWNERS = 12

export async function addSecretPeople(): Promise<SecretPeople> {
  const { accountId } = await prisma().$transaction((transaction) =>
    createPortalAccount(transaction, {
      ...{ login: 'agent', password: portalPassword, role: 'SUPPORT_AGENT', displayName: 'Agent', customerId: null },
    }),
  )
  const agent = { accountId, role: 'SUPPORT_AGENT', customerId: null } as const
  const owners: Awaited<ReturnType<typeof addSubscriber>>[] = []
  for (let index = 0; index < OWNERS; index += 1) {
    const owner = await addSubscriber(`owner${index}`, false)
    const { customerId } = owner.actor
    await prisma().contact.create({ data: { customerId, phone: '+81312345678' } })
    await openCustomer(agent, { customerId, reason: 'case 1' })
    owners.push(owner)
  }
  return { owners, agent }
}

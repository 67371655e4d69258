/** What agents ask for about one customer. To do it opens the customer's page for the reason that was approved. */
import { notFound } from '#lib/accounts/actor.ts'
import { releaseSending, releaseSendingInput } from '#lib/accounts/index.ts'
import type { ApprovalDeed } from '#lib/approvals/deeds.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { dialledNumber } from '#lib/mail/phone-number.ts'
import { assistInput } from '#lib/support/assisted-mailbox.ts'
import { changeContact, changeContactInput } from '#lib/support/change-contact.ts'
import { issueSetUpCodeInput } from '#lib/support/issue-set-up-code.ts'
import { openCustomer } from '#lib/support/open-customer.ts'
import { removeSecondStep } from '#lib/support/remove-second-step.ts'
import { revokeForCustomer, revokeForCustomerInput } from '#lib/support/revoke-for-customer.ts'
import { shutOut } from '#lib/support/shut-out.ts'
import type { ShutOutDeed } from '#lib/support/shut-out-deeds.ts'
import { resumeMailbox, suspendMailbox, suspendMailboxInput } from '#lib/support/suspend-mailbox.ts'
import type { Fact } from './facts.ts'
import { orderOf, type ReadOrder } from './kept-order.ts'

type DeskDeed = Exclude<ApprovalDeed, 'inviteStaff' | 'changeStaffRole' | 'actOnMany'>

const ofMailbox = assistInput.omit({ reason: true })

export const deskOrders: Readonly<Record<DeskDeed, ReadOrder>> = {
  releaseSending: orderOf(releaseSendingInput.omit({ reason: true }), {
    facts: aboutMailbox,
    perform: ({ actor }, order) => releaseSending(actor, order),
  }),
  issueSetUpCode: orderOf(issueSetUpCodeInput.omit({ reason: true, calledBack: true }), {
    facts: async ({ purpose, ...whose }) => [...(await aboutMailbox(whose)), { name: 'purpose', value: purpose }],
    // Only whoever is talking to the customer can say to have called back.
    perform: null,
  }),
  removeSecondStep: orderOf(ofMailbox, { facts: aboutMailbox, perform: withPageOpen(removeSecondStep) }),
  changeContact: orderOf(changeContactInput.omit({ reason: true }), {
    facts: aboutNumber,
    perform: withPageOpen(changeContact),
  }),
  revokeCredential: orderOf(revokeForCustomerInput.omit({ reason: true }), {
    facts: aboutCredential,
    perform: withPageOpen(revokeForCustomer),
  }),
  revokeCredentials: shuttingOut('revokeCredentials'),
  endSessions: shuttingOut('endSessions'),
  closeRelayWindows: shuttingOut('closeRelayWindows'),
  suspendMailbox: orderOf(suspendMailboxInput.omit({ reason: true }), {
    facts: async ({ textJa, textEn, ...whose }) => [
      ...(await aboutMailbox(whose)),
      { name: 'textJa', value: textJa },
      { name: 'textEn', value: textEn },
    ],
    perform: withPageOpen(suspendMailbox),
  }),
  resumeMailbox: orderOf(ofMailbox, { facts: aboutMailbox, perform: withPageOpen(resumeMailbox) }),
}

function shuttingOut(deed: ShutOutDeed): ReadOrder {
  const perform = withPageOpen<{ customerId: string; mailboxId: number; reason: string }>((actor, order) =>
    shutOut(actor, { ...order, deed }),
  )
  return orderOf(ofMailbox, { facts: aboutMailbox, perform })
}

function withPageOpen<Order extends { readonly customerId: string; readonly reason: string }>(
  perform: (actor: Session['actor'], order: Order) => Promise<unknown>,
) {
  return async ({ actor }: Session, order: Order) => {
    await openCustomer(actor, { customerId: order.customerId, reason: order.reason })
    return perform(actor, order)
  }
}

async function aboutMailbox({ mailboxId }: { readonly mailboxId: number }): Promise<Fact[]> {
  const mailbox = await prisma().mailbox.findUnique({ where: { id: mailboxId }, include: { customer: true } })
  if (mailbox === null) throw notFound(`mailbox ${mailboxId}`)
  return [{ name: 'mailbox', value: mailbox.address }, nameOf(mailbox.customer)]
}

async function aboutNumber({ customerId, phone }: { readonly customerId: string; readonly phone: string }) {
  const customer = await prisma().customer.findUnique({ where: { id: customerId }, include: { contact: true } })
  if (customer === null) throw notFound(`customer ${customerId}`)
  const former = customer.contact === null ? [] : [customer.contact.phone]
  const numbers = former.map((value): Fact => ({ name: 'formerPhone', value: dialledNumber(value) }))
  return [nameOf(customer), ...numbers, { name: 'phone', value: dialledNumber(phone) } as const]
}

async function aboutCredential({ credentialId }: { readonly credentialId: string }): Promise<Fact[]> {
  const credential = await prisma().credential.findUnique({ where: { id: credentialId } })
  if (credential === null) throw notFound(`credential ${credentialId}`)
  return [...(await aboutMailbox(credential)), { name: 'device', value: credential.label }]
}

function nameOf({ name, contractNumber }: { readonly name: string; readonly contractNumber: string }): Fact {
  return { name: 'customer', value: `${name} (${contractNumber})` }
}

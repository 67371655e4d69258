/** What takes two of the staff: more than twenty customers in a day, at the desk and in bulk, and taking a second step away. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '#lib/accounts/actor.ts'
import type { GuardedOutcome } from '#lib/approvals/deeds.ts'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'

let fresh: FreshDatabase
let customers: { customerId: string; mailboxId: number; credentialId: string }[]

const agent: Actor = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT', customerId: null }
const senior: Actor = { accountId: crypto.randomUUID(), role: 'SENIOR_AGENT', customerId: null }
const reason = 'case 4711'
const CUSTOMERS = 22

before(async () => {
  fresh = await freshDatabase()
  Object.assign(process.env, { DATABASE_URL: fresh.url, MASTER_KEY: randomBytes(32).toString('base64') })
  const { addSubscriber } = await import('#tests/support/people.ts')
  const { openCustomer } = await import('#lib/support/open-customer.ts')
  customers = []
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const { id: mailboxId, actor, credential } = await addSubscriber(`person-${index}`, false)
    customers.push({ customerId: actor.customerId, mailboxId, credentialId: credential.id })
    await openCustomer(agent, { customerId: actor.customerId, reason })
  }
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await fresh.drop()
})

function customer(index: number) {
  const found = customers[index]
  assert.ok(found)
  return found
}

/** @returns how many requests a senior agent approved */
async function approveAll(): Promise<number> {
  const { listApprovals } = await import('#lib/approvals/list-approvals.ts')
  const { decideApproval } = await import('#lib/approvals/decide-approval.ts')
  const waiting = (await listApprovals(senior)).filter(({ isOwn, isApproved }) => !isOwn && !isApproved)
  for (const { id } of waiting) await decideApproval(senior, { approvalId: id, verdict: 'approve' })
  return waiting.length
}

async function endSessions(index: number): Promise<GuardedOutcome> {
  const { shutOut } = await import('#lib/support/shut-out.ts')
  const { customerId, mailboxId } = customer(index)
  return shutOut(agent, { customerId, mailboxId, reason, deed: 'endSessions' })
}

describe('what an agent ends, is ended', () => {
  const colleague: Actor = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT', customerId: null }

  it('one device, the RelayWindows, every session of the portal', async () => {
    const { openCustomer } = await import('#lib/support/open-customer.ts')
    const { revokeForCustomer } = await import('#lib/support/revoke-for-customer.ts')
    const { shutOut } = await import('#lib/support/shut-out.ts')
    const { openWebSession } = await import('#lib/auth/web-sessions.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const { customerId, mailboxId, credentialId } = customer(1)
    await openCustomer(colleague, { customerId, reason })
    const { id: accountId } = await prisma().portalAccount.findFirstOrThrow({ where: { customerId } })
    const proved = { accountId, role: 'SUBSCRIBER', provedBy: 'password' } as const
    await openWebSession(proved, { address: '192.0.2.7', userAgent: '' })
    const window = {
      mailboxId,
      credentialId: crypto.randomUUID(),
      address: '192.0.2.7',
      expiresAt: new Date('2100-01-01'),
    }
    await prisma().relayWindow.create({ data: window })
    const whose = { customerId, mailboxId, reason }
    assert.equal(await shutOut(colleague, { ...whose, deed: 'closeRelayWindows' }), 'done')
    assert.equal(await prisma().relayWindow.count({ where: { mailboxId } }), 0)
    assert.equal(await shutOut(colleague, { ...whose, deed: 'endSessions' }), 'done')
    assert.equal(await prisma().webSession.count({ where: { accountId, revokedAt: null } }), 0)
    assert.equal(await revokeForCustomer(colleague, { customerId, credentialId, reason }), 'done')
    const { revokedAt } = await prisma().credential.findUniqueOrThrow({ where: { id: credentialId } })
    assert.ok(revokedAt)
  })

  it('but nothing of their own contract', async () => {
    const { openCustomer } = await import('#lib/support/open-customer.ts')
    const { customerId } = customer(2)
    await assert.rejects(openCustomer({ ...colleague, customerId }, { customerId, reason }), /own contract/)
  })
})

describe('an agent', () => {
  it('acts on twenty customers alone, and again on the same', async () => {
    for (let index = 0; index < 20; index += 1) assert.equal(await endSessions(index), 'done', String(index))
    assert.equal(await endSessions(0), 'done')
  })

  it('acts on the twenty-first with somebody else, whatever the deed', async () => {
    const { suspendMailbox, resumeMailbox } = await import('#lib/support/suspend-mailbox.ts')
    const { changeContact } = await import('#lib/support/change-contact.ts')
    const { revokeForCustomer } = await import('#lib/support/revoke-for-customer.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const { customerId, mailboxId, credentialId } = customer(20)
    const whose = { customerId, mailboxId, reason }
    const deeds = [
      () => endSessions(20),
      () => suspendMailbox(agent, { ...whose, textJa: '確認のため', textEn: 'for a check' }),
      () => resumeMailbox(agent, whose),
      () => changeContact(agent, { customerId, reason, phone: '03-1234-5678' }),
      () => revokeForCustomer(agent, { customerId, credentialId, reason }),
    ]
    for (const deed of deeds) assert.equal(await deed(), 'awaitingApproval')
    const untouched = await prisma().mailbox.findUniqueOrThrow({
      where: { id: mailboxId },
      include: { credentials: true, customer: { include: { contact: true } } },
    })
    assert.equal(untouched.suspendedAt, null)
    assert.equal(untouched.credentials[0]?.revokedAt, null)
    assert.equal(untouched.customer.contact, null)
    assert.equal(await approveAll(), 1)
    assert.equal(await endSessions(20), 'done')
  })

  it('cannot slip through by doing many at once', async () => {
    assert.deepEqual(await Promise.all([endSessions(21), endSessions(21)]), ['awaitingApproval', 'awaitingApproval'])
  })

  it('takes a second step away only with somebody else’s approval', async () => {
    const { removeSecondStep } = await import('#lib/support/remove-second-step.ts')
    const { decideApproval } = await import('#lib/approvals/decide-approval.ts')
    const { listApprovals } = await import('#lib/approvals/list-approvals.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const { customerId, mailboxId } = customer(0)
    const { id: accountId } = await prisma().portalAccount.findFirstOrThrow({ where: { customerId } })
    const sealed = { sealedKey: new Uint8Array(1), sealedSecret: new Uint8Array(1), confirmedAt: new Date() }
    await prisma().authenticatorApp.create({ data: { accountId, ...sealed } })
    const ask = () => removeSecondStep(agent, { customerId, mailboxId, reason })
    assert.equal(await ask(), 'awaitingApproval')
    assert.equal(await prisma().authenticatorApp.count(), 1)
    const [own] = (await listApprovals(agent)).filter(({ deed }) => deed === 'removeSecondStep')
    assert.ok(own)
    await assert.rejects(decideApproval(agent, { approvalId: own.id, verdict: 'approve' }), /./)
    await assert.rejects(
      decideApproval({ ...agent, role: 'SENIOR_AGENT' }, { approvalId: own.id, verdict: 'approve' }),
      /./,
    )
    await approveAll()
    assert.equal(await ask(), 'done')
    assert.equal(await prisma().authenticatorApp.count(), 0)
    const told = await prisma().ownerNotice.count({ where: { mailboxId, kind: 'secondStep.remove' } })
    assert.equal(told, 1)
    assert.equal(await ask(), 'awaitingApproval', 'the approval was used')
  })
})

describe('an operator, by the command line or a program', () => {
  const operator: Actor = { accountId: crypto.randomUUID(), role: 'OPERATOR', customerId: null }
  const suspended = async () => (await import('#lib/db/prisma.ts')).prisma().mailbox.count({ where: suspendedWhere })
  const suspendedWhere = { suspendedAt: { not: null } }

  async function suspend(index: number, why = reason): Promise<string> {
    const { suspendAnyMailbox } = await import('#lib/provisioning/mailboxes.ts')
    const { AwaitingApproval } = await import('#lib/approvals/awaiting-approval.ts')
    const order = { mailboxId: customer(index).mailboxId, reason: why, textJa: '確認のため', textEn: 'for a check' }
    try {
      await suspendAnyMailbox(operator, order)
      return 'done'
    } catch (error) {
      assert.ok(error instanceof AwaitingApproval, String(error))
      return 'awaitingApproval'
    }
  }

  it('acts on twenty customers alone; mailboxes that nobody uses yet do not count', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { importPassword } = await import('#lib/inherited-passwords/import-password.ts')
    const { createMailbox } = await import('#lib/accounts/index.ts')
    for (let index = 0; index < 20; index += 1) {
      const address = `fresh-${index}@infonia.ne.jp`
      const { id } = await prisma().customer.create({ data: { contractNumber: address, name: 'F', nameKana: 'F' } })
      await prisma().$transaction((transaction) =>
        createMailbox(transaction, { customerId: id, address, displayName: 'F', popBeforeSmtp: false }),
      )
      await importPassword(operator, { address, hash: `{SHA256}${'00'.repeat(32)}` })
    }
    for (let index = 0; index < 20; index += 1) assert.equal(await suspend(index), 'done', String(index))
    assert.equal(await suspend(0), 'done')
  })

  it('on the twenty-first with somebody else, whose approval then holds for the same reason', async () => {
    await approveAll()
    const before = await suspended()
    assert.deepEqual(await Promise.all([suspend(20), suspend(21)]), ['awaitingApproval', 'awaitingApproval'])
    assert.equal(await suspended(), before)
    const { issueForMailbox, revokeAnyCredential } = await import('#lib/provisioning/credentials.ts')
    const { mailboxId, credentialId } = customer(20)
    const order = { mailboxId, label: 'x', scopes: ['pop' as const], reason }
    await assert.rejects(issueForMailbox(operator, order), /20 customers/)
    await assert.rejects(revokeAnyCredential(operator, { credentialId, reason }), /20 customers/)
    assert.equal(await approveAll(), 1)
    assert.deepEqual([await suspend(20), await suspend(21)], ['done', 'done'])
    assert.equal(await suspend(20, 'something else'), 'done', 'they have acted on this one today')
  })
})

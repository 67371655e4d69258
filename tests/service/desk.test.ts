/** The agents’ desk: whom it finds, what it shows of them, what it ends, and what takes two of the staff, there and in bulk. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
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
  const { listApprovals } = await import('#lib/approved-deeds/list-approvals.ts')
  const { decideApproval } = await import('#lib/approvals/decide-approval.ts')
  const waiting = (await listApprovals(senior)).filter(({ isOwn }) => !isOwn)
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
    const { countWaitingApprovals } = await import('#lib/approvals/count-waiting-approvals.ts')
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
    const waiting = async () => Promise.all([agent, senior].map((actor) => countWaitingApprovals(actor)))
    assert.deepEqual(await waiting(), [0, deeds.length])
    assert.equal(await approveAll(), deeds.length)
    assert.deepEqual(await waiting(), [deeds.length, 0])
    assert.equal(await endSessions(20), 'done')
    assert.deepEqual(await waiting(), [deeds.length - 1, 0])
  })

  it('cannot slip through by doing many at once', async () => {
    assert.deepEqual(await Promise.all([endSessions(21), endSessions(21)]), ['awaitingApproval', 'awaitingApproval'])
  })

  it('takes a second step away only with somebody else’s approval', async () => {
    const { removeSecondStep } = await import('#lib/support/remove-second-step.ts')
    const { decideApproval } = await import('#lib/approvals/decide-approval.ts')
    const { listApprovals } = await import('#lib/approved-deeds/list-approvals.ts')
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

describe('what was asked for and approved', () => {
  /** Each of what agents ask for; whoever approves reads `says`, and `isDone` is what it comes to. */
  const asked: Record<string, { says: RegExp; ask: () => Promise<GuardedOutcome>; isDone: () => Promise<boolean> }> = {
    suspendMailbox: {
      says: /確認のため.*for a check/,
      ask: async () => {
        const { suspendMailbox } = await import('#lib/support/suspend-mailbox.ts')
        return suspendMailbox(agent, { ...whose(), textJa: '確認のため', textEn: 'for a check' })
      },
      isDone: async () => (await row()).suspensionEn === 'for a check',
    },
    resumeMailbox: {
      says: /person-21@/,
      ask: async () => (await import('#lib/support/suspend-mailbox.ts')).resumeMailbox(agent, whose()),
      isDone: async () => (await row()).suspendedAt === null,
    },
    changeContact: {
      says: /0398765432/,
      ask: async () => {
        const { changeContact } = await import('#lib/support/change-contact.ts')
        const { customerId } = whose()
        return changeContact(agent, { customerId, reason, phone: '03-9876-5432' })
      },
      isDone: async () => (await row()).customer.contact?.phone === '+81398765432',
    },
    revokeCredential: {
      says: /test/,
      ask: async () => {
        const { revokeForCustomer } = await import('#lib/support/revoke-for-customer.ts')
        const { customerId, credentialId } = customer(21)
        return revokeForCustomer(agent, { customerId, credentialId, reason })
      },
      isDone: async () => (await row()).credentials.every(({ revokedAt }) => revokedAt !== null),
    },
    removeSecondStep: {
      says: /person-21@/,
      ask: async () => (await import('#lib/support/remove-second-step.ts')).removeSecondStep(agent, whose()),
      isDone: async () => (await actions()).includes('secondStep.remove'),
    },
    closeRelayWindows: {
      says: /person-21@/,
      ask: async () => {
        const { shutOut } = await import('#lib/support/shut-out.ts')
        return shutOut(agent, { ...whose(), deed: 'closeRelayWindows' })
      },
      isDone: async () => (await actions()).includes('mailbox.closeRelayWindows'),
    },
  }
  const whose = () => ({ customerId: customer(21).customerId, mailboxId: customer(21).mailboxId, reason })
  const session = (actor: Actor) => ({
    ...{ id: crypto.randomUUID(), actor, login: 'agent', displayName: 'agent', confirmedAt: new Date() },
  })

  async function row() {
    const { prisma } = await import('#lib/db/prisma.ts')
    return prisma().mailbox.findUniqueOrThrow({
      where: { id: customer(21).mailboxId },
      include: { credentials: true, customer: { include: { contact: true } } },
    })
  }

  async function actions(): Promise<string[]> {
    const { prisma } = await import('#lib/db/prisma.ts')
    const records = await prisma().auditRecord.findMany({ where: { mailboxId: customer(21).mailboxId } })
    return records.map(({ action }) => action)
  }

  async function own(deed: string) {
    const { listOwnApprovals } = await import('#lib/approved-deeds/list-approvals.ts')
    const found = (await listOwnApprovals(agent, { customerId: customer(21).customerId })).filter(
      (one) => one.deed === deed && (one.state === 'waiting' || one.state === 'approved'),
    )
    const [approval] = found
    assert.ok(approval && found.length === 1, deed)
    return approval
  }

  async function press(approvalId: string, actor = agent) {
    const { doApproved } = await import('#lib/approved-deeds/do-approved.ts')
    return doApproved(session(actor), { approvalId })
  }

  before(() => approveAll())

  /** As if the agent had not acted on this customer today. */
  beforeEach(async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { mailboxId } = customer(21)
    await prisma().$executeRaw`
      UPDATE audit_records SET at = at - interval '2 days' WHERE mailbox_id = ${mailboxId} AND action <> 'customer.open'`
  })

  for (const [deed, { says, ask, isDone }] of Object.entries(asked)) {
    it(`${deed}: is done by one press, once, as it was asked for, by nobody else`, async () => {
      assert.equal(await ask(), 'awaitingApproval')
      const { id, facts } = await own(deed)
      assert.match(facts.map(({ value }) => value).join(' '), says)
      await assert.rejects(press(id), /approval/, 'not approved yet')
      await approveAll()
      await assert.rejects(press(id, senior), /approval/, 'somebody else’s')
      await assert.rejects(press(id, { ...agent, role: 'AUDITOR' }), /AUDITOR/)
      const presses = await Promise.allSettled([press(id), press(id)])
      assert.deepEqual(presses.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      assert.ok(await isDone())
      await assert.rejects(press(id), /approval/)
      const { prisma } = await import('#lib/db/prisma.ts')
      const { actorId, details } = await prisma().auditRecord.findFirstOrThrow({
        where: { action: 'approval.use', subject: `approval:${id}` },
      })
      assert.deepEqual([actorId, details], [agent.accountId, { deed, approvedBy: senior.accountId }])
      assert.equal(
        await prisma().auditRecord.count({ where: { action: 'approval.use', subject: `approval:${id}` } }),
        1,
      )
    })
  }

  it('is not done when it has run out, nor what it was changed into', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    assert.equal(await asked.suspendMailbox?.ask(), 'awaitingApproval')
    const { id } = await own('suspendMailbox')
    await approveAll()
    const { order } = await prisma().approval.findUniqueOrThrow({ where: { id } })
    await prisma().approval.update({ where: { id }, data: { order: { mailboxId: 'all' } } })
    await assert.rejects(press(id), /approval/, 'no order of this deed')
    await prisma().approval.update({ where: { id }, data: { order: order ?? {} } })
    await prisma().$executeRaw`UPDATE approvals SET expires_at = now() - interval '1 second' WHERE id = ${id}::uuid`
    await assert.rejects(press(id), /approval/)
    assert.equal((await row()).suspendedAt, null)
  })

  it('is seen by whoever asked and whoever may decide, and by no other agent', async () => {
    const { listApprovals } = await import('#lib/approved-deeds/list-approvals.ts')
    assert.equal(await asked.changeContact?.ask(), 'awaitingApproval')
    const seenBy = async (actor: Actor) => (await listApprovals(actor)).some(({ state }) => state === 'waiting')
    assert.ok((await seenBy(agent)) && (await seenBy(senior)))
    assert.ok(!(await seenBy({ ...agent, accountId: crypto.randomUUID() })))
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
    assert.equal(await approveAll(), 3, 'one for each operation')
    assert.deepEqual([await suspend(20), await suspend(21)], ['done', 'done'])
    assert.equal(await suspend(20, 'something else'), 'done', 'they have acted on this one today')
  })
})

describe('the desk finds a customer', () => {
  const find = async (query: string) => {
    const { findCustomers } = await import('#lib/support/find-customers.ts')
    return (await findCustomers(agent, { query, reason })).map(({ customerId }) => customerId)
  }

  before(async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { customerId, mailboxId } = customer(3)
    const named = { contractNumber: 'IN-2002-0042', nameKana: 'ワタナベ　ジョー' }
    await prisma().customer.update({ where: { id: customerId }, data: named })
    await prisma().contact.create({ data: { customerId, phone: '+81312345678' } })
    await prisma().alias.create({ data: { address: 'wata@infonia.ne.jp', mailboxId } })
  })

  const ways = {
    contract: ['IN-2002-0042', 'in-2002-0042', 'ＩＮ－２００２－００４２', 'IN‐2002‐0042'],
    name: ['ワタナベ ジョー', 'ﾜﾀﾅﾍﾞ ｼﾞｮｰ', 'わたなべじょー', 'ﾜﾀﾅﾍﾞｼﾞｮｰ', ' わたなべ　　ジョー ', 'ワタナベ・ジョー'],
    address: [
      'person-3@infonia.ne.jp',
      'Person-3@Infonia.NE.JP',
      'ｐｅｒｓｏｎ－３＠ｉｎｆｏｎｉａ．ｎｅ．ｊｐ',
      'wata@infonia.ne.jp',
    ],
    telephone: [
      '0312345678',
      '03-1234-5678',
      '03(1234)5678',
      '０３−１２３４−５６７８',
      '+81312345678',
      '+81 (0)3-1234-5678',
      '＋８１ 3 1234 5678',
    ],
  }
  for (const [way, written] of Object.entries(ways)) {
    it(`by ${way}, however it is written`, async () => {
      for (const query of written) assert.deepEqual(await find(query), [customer(3).customerId], query)
    })
  }

  it('by the whole of it, and by nothing of Prisma’s', async () => {
    for (const query of ['IN-2002', 'ワタナベ', '12345678', 'person-3', '%%%', 'IN_2002_0042'])
      assert.deepEqual(await find(query), [], query)
  })

  it('for a reason', async () => {
    const { findCustomersInput } = await import('#lib/support/find-customers.ts')
    for (const empty of ['', '   ', 'x'])
      assert.ok(!findCustomersInput.safeParse({ query: 'IN-2002-0042', reason: empty }).success)
  })

  it('by an index, whichever way', async () => {
    const { Prisma, prisma } = await import('#lib/db/prisma.ts')
    const { whoIsCalled } = await import('#lib/support/find-customers.ts')
    await prisma()
      .$transaction(async (transaction) => {
        await transaction.$executeRaw`
        INSERT INTO customers (id, contract_number, name, name_kana)
        SELECT gen_random_uuid(), 'M-' || n, 'many', 'オオゼイ ' || n FROM generate_series(1, 2000) n`
        await transaction.$executeRaw`
        INSERT INTO contacts (customer_id, phone)
        SELECT id, '+8190' || row_number() OVER () FROM customers WHERE name = 'many'`
        await transaction.$executeRaw`
        INSERT INTO mailboxes (customer_id, address, domain, login, display_name, scram_salt)
        SELECT id, contract_number || '@many.test', 'many.test', contract_number, 'many', '' FROM customers WHERE name = 'many'`
        await transaction.$executeRaw`ANALYZE customers, contacts, mailboxes`
        const plan = await transaction.$queryRaw<{ 'QUERY PLAN': string }[]>(
          Prisma.sql`EXPLAIN ${whoIsCalled('M-700')}`,
        )
        const lines = plan.map((row) => row['QUERY PLAN'])
        assert.deepEqual(
          lines.filter((line) => /Seq Scan on (?:customers|contacts|mailboxes)/.test(line)),
          [],
        )
        throw new Error('taken back')
      })
      .catch((error: Error) => assert.equal(error.message, 'taken back'))
  })
})

describe('the desk shows of a mailbox', () => {
  const shown = async () => {
    const { openCustomer } = await import('#lib/support/open-customer.ts')
    const { readCustomer } = await import('#lib/support/read-customer.ts')
    const { customerId } = customer(4)
    await openCustomer(agent, { customerId, reason })
    const [mailbox] = (await readCustomer(agent, customerId)).mailboxes
    assert.ok(mailbox)
    return mailbox
  }
  let minute = 0
  const record = async (event: {
    kind: string
    reason?: string
    mechanism?: string
    detail?: string
    listener?: string
  }) => {
    const { prisma } = await import('#lib/db/prisma.ts')
    minute += 1
    const base = {
      sessionId: crypto.randomUUID(),
      listener: 'imaps',
      address: '192.0.2.9',
      tlsVersion: 'TLSv1.3',
      detail: '',
    }
    const at = new Date(Date.now() - 3_600_000 + minute * 60_000)
    await prisma().protocolEvent.create({ data: { ...base, at, mailboxId: customer(4).mailboxId, ...event } })
  }

  it('how logins went, in the doctor’s words; the same again and again is one', async () => {
    for (let time = 0; time < 5; time += 1)
      await record({ kind: 'refusal', reason: 'badCredentials', mechanism: 'PLAIN' })
    await record({ kind: 'login', mechanism: 'PLAIN' })
    await record({ kind: 'refusal', reason: 'relayWindowMissing', listener: 'smtp' })
    const { logins } = await shown()
    assert.deepEqual(
      logins.map(({ diagnosis, times }) => [diagnosis.id, times]),
      [
        ['popBeforeSmtpNotChosen', 1],
        ['loggedIn', 1],
        ['wrongPassword', 5],
      ],
    )
  })

  it('what went wrong with recipes: which kind, how often, when, and nothing else', async () => {
    for (const detail of ['line 3: secret', 'line 4: secret'])
      await record({ kind: 'recipe', reason: 'recipeFailed', detail })
    await record({ kind: 'recipe', reason: 'forwardUnknown', detail: 'secret@elsewhere.test' })
    const mailbox = await shown()
    assert.deepEqual(
      mailbox.recipeFaults.map(({ reason: kind, times }) => [kind, times]),
      [
        ['forwardUnknown', 1],
        ['recipeFailed', 2],
      ],
    )
    assert.ok(!JSON.stringify(mailbox).includes('secret'))
  })

  it('how far the move of its mail is, without the names of folders', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { mailboxId } = customer(4)
    const source = await prisma().migrationSource.create({
      data: { name: 'old', kind: 'IMAP', host: 'mx.example.net' },
    })
    const job = {
      batchId: crypto.randomUUID(),
      sourceId: source.id,
      mailboxId,
      sourceLogin: 'x',
      requestedBy: crypto.randomUUID(),
    }
    await prisma().migrationJob.create({
      data: { ...job, state: 'RUNNING', isFinal: true, messagesFound: 9, messagesCopied: 4, folderName: 'secret' },
    })
    const { migration } = await shown()
    assert.deepEqual([migration?.copied, migration?.found, migration?.folderName], [4, 9, null])
  })
})

/** A person on the telephone gets back into their mail, and the agent learns nothing but what the owner lets them. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe } from 'node:test'
import { type Actor, createPortalAccount, verifyPortalPassword } from '#lib/accounts/index.ts'
import { ownerNoticeKinds } from '#lib/accounts/owner-notice-kinds.ts'
import { listChanges } from '#lib/activity/list-changes.ts'
import { decideApproval } from '#lib/approvals/decide-approval.ts'
import { listApprovals } from '#lib/approved-deeds/list-approvals.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { setPortalPassword } from '#lib/set-up-code/set-portal-password.ts'
import { setUpMail } from '#lib/set-up-code/set-up-mail.ts'
import type { SetUpPurpose } from '#lib/set-up-code/set-up-purposes.ts'
import { changeContact } from '#lib/support/change-contact.ts'
import { countLookUps, findCustomers } from '#lib/support/find-customers.ts'
import { issueSetUpCode } from '#lib/support/issue-set-up-code.ts'
import { openCustomer } from '#lib/support/open-customer.ts'
import { shutOut } from '#lib/support/shut-out.ts'
import { resumeMailbox, suspendMailbox } from '#lib/support/suspend-mailbox.ts'
import { answerTrace } from '#lib/trace-consent/answer-trace.ts'
import { enterTraceCode } from '#lib/trace-consent/enter-trace-code.ts'
import { listTraceConsents } from '#lib/trace-consent/list-trace-consents.ts'
import { readTrace } from '#lib/trace-consent/read-trace.ts'
import { showTraceCode } from '#lib/trace-consent/show-trace-code.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'

const home = { address: '192.0.2.7', userAgent: 'test' }
const reason = 'case 4711'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const { customerId } = taro.actor
const whose = { customerId, mailboxId: taro.id, reason }
const account = { login: 'agent', password: portalPassword, displayName: 'Agent', customerId: null }
const { accountId } = await prisma().$transaction((transaction) =>
  createPortalAccount(transaction, { ...account, role: 'SUPPORT_AGENT' }),
)
const agent: Actor = { accountId, role: 'SUPPORT_AGENT', customerId: null }

describe('a reset on the telephone', () => {
  const table = matrix('reset-by-phone', 'Impostors and tired agents whom the desk let get at an account: none')

  beforeEach(async () => {
    const { customerId } = whose
    const contact = { phone: '+81312345678', changedAt: null }
    await prisma().contact.upsert({ where: { customerId }, create: { customerId, ...contact }, update: contact })
    await prisma().loginFailure.deleteMany()
    await openCustomer(agent, { customerId, reason })
  })

  async function codeFor(purpose: SetUpPurpose): Promise<string> {
    const issued = await issueSetUpCode(agent, { ...whose, purpose, calledBack: ['on'] })
    if (issued.outcome !== 'issued') throw new Error(issued.outcome)
    return issued.groups
      .flat()
      .map(({ kana }) => kana)
      .join('')
  }

  const colleague: Actor = { accountId: crypto.randomUUID(), role: 'SENIOR_AGENT', customerId: null }

  const setUp = (code: string, address = taro.address) =>
    setUpMail({ address, code, label: 'home', clientId: null }, home)

  const isRefused = (code: AppError['code']) => (error: unknown) => error instanceof AppError && error.code === code

  table.check(
    'begins with finding the caller, by whatever they say of themselves, and each search counts',
    async () => {
      const { customerId } = whose
      await prisma().customer.update({ where: { id: customerId }, data: { nameKana: 'タナカ タロウ' } })
      const said = ['T-taro', taro.address, '03-1234-5678', 'タナカタロウ', 'たなか　たろう', 'ﾀﾅｶ ﾀﾛｳ']
      for (const query of said) {
        const hits = await findCustomers(agent, { query, reason })
        assert.deepEqual(
          hits.map((hit) => hit.customerId),
          [customerId],
          query,
        )
      }
      for (const query of ['タナカ', 'T-tar', '1234-5678'])
        assert.deepEqual(await findCustomers(agent, { query, reason }), [])
      assert.equal(await countLookUps(agent), said.length + 3)
    },
  )

  table.check('is nothing that an agent does for themselves', async () => {
    const { customerId } = whose
    await assert.rejects(openCustomer({ ...agent, customerId }, { customerId, reason }), isRefused('forbidden'))
  })

  table.check('gives one working mail password for one code', async () => {
    const code = await codeFor('mailCredential')
    const { credential, password } = await setUp(code)
    const client = await ImapClient.connect(engine)
    await client.ok(`LOGIN ${credential.username} ${password}`)
    client.close()
    await assert.rejects(setUp(code), isRefused('not_signed_in'))
  })

  table.check('sets a new password of the portal, and ends what was signed in', async () => {
    const code = await codeFor('portalPassword')
    await setPortalPassword({ address: taro.address, code, newPassword: 'a password of my own' }, home)
    assert.ok(await verifyPortalPassword(taro.address, 'a password of my own'))
    assert.equal(await verifyPortalPassword(taro.address, portalPassword), null)
  })

  table.check('is of no use for something else, somebody else, too late or after another code', async () => {
    const code = await codeFor('portalPassword')
    await assert.rejects(setUp(code), isRefused('not_signed_in'))
    await assert.rejects(setUp(code, 'nobody@infonia.ne.jp'), isRefused('not_signed_in'))
    const first = await codeFor('mailCredential')
    const second = await codeFor('mailCredential')
    await assert.rejects(setUp(first), isRefused('not_signed_in'))
    await prisma().setUpCode.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    await assert.rejects(setUp(second), isRefused('not_signed_in'))
  })

  table.check(
    'answers a known and an unknown address alike, and stops both after the same number of guesses',
    async () => {
      const answers: string[][] = []
      for (const address of [taro.address, 'nobody@infonia.ne.jp']) {
        await prisma().loginFailure.deleteMany()
        const heard: string[] = []
        for (let guess = 0; guess < 30; guess += 1) {
          const code = `あいうえおかきくけ${guess}`
          const error = await setUp(
            code.replaceAll(/\d/g, (digit) => 'さしすせそたてとなに'[Number(digit)] ?? ''),
            address,
          ).catch((cause: unknown) => cause)
          assert.ok(error instanceof AppError)
          heard.push(error.code)
        }
        answers.push(heard)
      }
      assert.deepEqual(answers[0], answers[1])
      assert.equal(answers[0]?.at(-1), 'too_many_attempts')
    },
  )

  table.check('keeps no code, only what cannot be read back', async () => {
    const code = await codeFor('mailCredential')
    const kept = JSON.stringify(
      [await prisma().setUpCode.findMany(), await prisma().auditRecord.findMany()],
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    )
    assert.ok(!kept.includes(code))
  })

  table.check('takes two people for a day after the number changed, and always the call-back', async () => {
    await assert.rejects(issueSetUpCode(agent, { ...whose, purpose: 'mailCredential', calledBack: [] }))
    const { customerId } = whose
    const waiting = await codeFor('mailCredential')
    await changeContact(agent, { customerId, reason, phone: '０９０−1234−5678' })
    await assert.rejects(codeFor('mailCredential'), /awaitingApproval/)
    await assert.rejects(codeFor('mailCredential'), /awaitingApproval/)
    const [asked, ...others] = await listApprovals(colleague)
    assert.ok(asked)
    assert.equal(others.length, 0, 'asking twice is one request')
    const approve = { approvalId: asked.id, verdict: 'approve' } as const
    await assert.rejects(decideApproval(agent, approve), isRefused('forbidden'))
    await assert.rejects(decideApproval({ ...agent, role: 'SENIOR_AGENT' }, approve), isRefused('conflict'))
    await assert.rejects(decideApproval(taro.actor, approve), isRefused('forbidden'))
    await assert.rejects(decideApproval({ ...colleague, customerId }, approve), isRefused('conflict'))
    await decideApproval(colleague, approve)
    await codeFor('mailCredential')
    await assert.rejects(codeFor('mailCredential'), /awaitingApproval/)
    await assert.rejects(setUp(waiting), isRefused('not_signed_in'))
    const { phone } = await prisma().contact.findUniqueOrThrow({ where: { customerId } })
    assert.equal(phone, '+819012345678')
  })

  table.check('is refused to an agent who has not opened the page', async () => {
    const other: Actor = { ...agent, accountId: crypto.randomUUID() }
    await assert.rejects(
      issueSetUpCode(other, { ...whose, purpose: 'mailCredential', calledBack: ['on'] }),
      isRefused('forbidden'),
    )
    await assert.rejects(shutOut(other, { ...whose, deed: 'endSessions' }), isRefused('forbidden'))
    await assert.rejects(shutOut(taro.actor, { ...whose, deed: 'endSessions' }), isRefused('forbidden'))
  })

  table.check('ends what is connected; a suspended mailbox lets nobody in until it is resumed', async () => {
    const { credential, password } = await setUp(await codeFor('mailCredential'))
    const login = `LOGIN ${credential.username} ${password}`
    const client = await ImapClient.connect(engine)
    await client.ok(login)
    await shutOut(agent, { ...whose, deed: 'endSessions' })
    assert.match(await client.wire.rest(), /BYE/)
    await suspendMailbox(agent, { ...whose, textJa: '料金の確認のため', textEn: 'while we check a payment' })
    const refused = await ImapClient.connect(engine)
    await assert.rejects(refused.ok(login), /This mailbox is suspended/)
    await assert.rejects(refused.ok(`LOGIN ${credential.username} wrong`), /not right/)
    refused.close()
    await resumeMailbox(agent, whose)
    const back = await ImapClient.connect(engine)
    await back.ok(login)
    await shutOut(agent, { ...whose, deed: 'revokeCredentials' })
    assert.match(await back.wire.rest(), /BYE/)
    assert.equal(await prisma().credential.count({ where: { mailboxId: taro.id, revokedAt: null } }), 0)
  })

  const traced = () => readTrace(agent, { customerId: whose.customerId, mailboxId: taro.id })
  const spoken = async () => {
    const { groups } = await showTraceCode(taro.actor, { mailboxId: taro.id })
    return groups.map((group) => group.map(({ kana }) => kana).join('')).join('・')
  }

  table.check('shows with whom they correspond for a code that only the owner can read aloud, once', async () => {
    await assert.rejects(showTraceCode(agent, { mailboxId: taro.id }), isRefused('not_found'))
    await assert.rejects(enterTraceCode(agent, { ...whose, code: 'あいうえおかきくけ' }), isRefused('invalid_input'))
    const [ended, code] = [await spoken(), await spoken()]
    await assert.rejects(enterTraceCode(agent, { ...whose, code: ended }), isRefused('invalid_input'))
    await assert.rejects(enterTraceCode(colleague, { ...whose, code }), isRefused('forbidden'))
    await assert.rejects(enterTraceCode(taro.actor, { ...whose, code }), isRefused('forbidden'))
    await assert.rejects(traced(), isRefused('forbidden'))
    const once = await Promise.allSettled([1, 2].map(() => enterTraceCode(agent, { ...whose, code })))
    assert.deepEqual(once.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
    assert.equal((await traced()).address, taro.address)
    const [consent] = await listTraceConsents(taro.actor)
    assert.ok(consent?.isGranted)
    await answerTrace(taro.actor, { consentId: consent.id, answer: 'refuse' })
    await assert.rejects(traced(), isRefused('forbidden'))
  })

  table.check('takes no code that was guessed at five times, is of another mailbox, or ten minutes old', async () => {
    const code = await spoken()
    for (let guess = 0; guess < 5; guess += 1)
      await assert.rejects(enterTraceCode(agent, { ...whose, code: 'あいうえおかきくけ' }), isRefused('invalid_input'))
    await assert.rejects(enterTraceCode(agent, { ...whose, code }), isRefused('invalid_input'))
    const hanako = await engine.addMailbox('hanako')
    const { groups } = await showTraceCode(hanako.actor, { mailboxId: hanako.id })
    await spoken()
    const others = groups.flat().map(({ romaji }) => romaji)
    await assert.rejects(enterTraceCode(agent, { ...whose, code: others.join('') }), isRefused('invalid_input'))
    const late = await spoken()
    await prisma().traceCode.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    await assert.rejects(enterTraceCode(agent, { ...whose, code: late }), isRefused('invalid_input'))
    await assert.rejects(traced(), isRefused('forbidden'))
    const wrong = await prisma().auditRecord.count({ where: { action: 'trace.wrongCode', actorId: agent.accountId } })
    assert.equal(wrong, 3 + 5 + 1 + 1 + 1)
  })

  table.check('is told to its owner at each step: by a letter, and on the activity page with the reason', async () => {
    await eventually(async () => assert.equal(await prisma().ownerNotice.count(), 0))
    const letters = await prisma().message.count({ where: { mailboxId: taro.id } })
    const recorded = await prisma().auditRecord.groupBy({
      by: ['action'],
      where: { mailboxId: taro.id, action: { in: [...ownerNoticeKinds] } },
      _count: true,
    })
    const steps = recorded.reduce((sum, { _count }) => sum + _count, 0)
    assert.ok(steps > 10)
    assert.equal(letters, steps)
    const changes = await listChanges(taro.actor)
    assert.ok(
      changes.some(({ action, by, reason: why }) => action === 'mailbox.suspend' && by === 'staff' && why === reason),
    )
  })
})

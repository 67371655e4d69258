/** Who becomes one of the staff, and in what role: nobody by one person's word alone where it matters. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { StaffRole } from '#lib/accounts/actor.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'
import { portalPassword } from '#tests/support/password.ts'

let fresh: FreshDatabase
const reason = 'case 4711'
const refusedWith = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

before(async () => {
  fresh = await freshDatabase()
  Object.assign(process.env, { DATABASE_URL: fresh.url, MASTER_KEY: randomBytes(32).toString('base64') })
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await fresh.drop()
})

/** Two operators, and nobody else. */
let ueda: Session
let mori: Session
beforeEach(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma()
    .$executeRaw`TRUNCATE portal_accounts, approvals, staff_invitations, address_notices, audit_records CASCADE`
  ueda = await staffed('ueda', 'OPERATOR')
  mori = await staffed('mori', 'OPERATOR')
})

async function staffed(login: string, role: StaffRole): Promise<Session> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id } = await prisma().portalAccount.create({
    data: { login, role, passwordHash: '', displayName: login, mailAddress: `${login}@example.net` },
  })
  const actor = { accountId: id, role, customerId: null }
  return { id: crypto.randomUUID(), actor, login, displayName: login, confirmedAt: new Date() }
}

async function roleOf({ actor }: Session): Promise<string> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const row = await prisma().portalAccount.findUniqueOrThrow({ where: { id: actor.accountId } })
  return row.disabledAt === null ? row.role : 'ended'
}

async function invite(by: Session, role: StaffRole, mailAddress = 'sato@example.net') {
  const { inviteStaff } = await import('#lib/staff/invite-staff.ts')
  return inviteStaff(by, { login: 'sato', mailAddress, displayName: 'Sato', role, reason })
}

async function change(by: Session, whom: Session, role: StaffRole) {
  const { changeStaffRole } = await import('#lib/staff/change-staff.ts')
  return changeStaffRole(by, { accountId: whom.actor.accountId, role, reason })
}

async function end(by: Session, whom: Session) {
  const { endStaff } = await import('#lib/staff/change-staff.ts')
  return endStaff(by, { accountId: whom.actor.accountId, reason })
}

async function decide(by: Session, verdict: 'approve' | 'refuse' = 'approve') {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { decideApproval } = await import('#lib/approvals/decide-approval.ts')
  const { id: approvalId } = await prisma().approval.findFirstOrThrow({ where: { decidedAt: null } })
  return decideApproval(by.actor, { approvalId, verdict })
}

/** What the engine's worker sends. @returns the letters, by address */
async function sentLetters(): Promise<Map<string, string>> {
  const { openDatabase } = await import('#lib/db/database.ts')
  const { inviteStaff } = await import('#lib/engine/staff/invite-staff.ts')
  const { confirmAddresses } = await import('#lib/engine/staff/confirm-address.ts')
  const { sendPolicyNotices } = await import('#lib/engine/notices/send-policy-notices.ts')
  const database = openDatabase(fresh.url, 1)
  const letters = new Map<string, string>()
  const parts: Parameters<typeof inviteStaff>[0] = {
    database,
    site: { domain: 'infonia.ne.jp', name: { ja: 'インフォニア', en: 'Infonia' } },
    portalUrl: 'https://portal.test',
    resolveRecipient: async () => ({ kind: 'remote' }) as never,
    sendOwn: async (_transaction, { recipients, content }) => {
      const [, body = ''] = content.toString().split('\r\n\r\n')
      letters.set(recipients[0]?.address ?? '', Buffer.from(body, 'base64').toString())
      return () => {}
    },
  }
  await inviteStaff(parts)
  await confirmAddresses(parts)
  await sendPolicyNotices(parts)
  await database.close()
  return letters
}

/** @returns the tokens of the letters, by address */
async function sentLinks(): Promise<Map<string, string>> {
  const tokenIn = (letter: string) => /#([\w-]{43})/.exec(letter)?.[1] ?? ''
  return new Map([...(await sentLetters())].map(([address, letter]) => [address, tokenIn(letter)]))
}

describe('an invitation', () => {
  it('is a link that only its reader gets, good once, for an account that takes a passkey', async () => {
    const { acceptInvitation } = await import('#lib/staff/accept-invitation.ts')
    const { verifyPortalPassword } = await import('#lib/accounts/index.ts')
    const { roleProvedBy } = await import('#lib/auth/proofs.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    assert.equal(await invite(ueda, 'SUPPORT_AGENT'), 'done')
    const token = (await sentLinks()).get('sato@example.net') ?? ''
    assert.equal((await sentLinks()).size, 0, 'one letter')
    const kept = JSON.stringify(await prisma().$queryRaw`SELECT t::text FROM staff_invitations t`)
    assert.ok(token.length === 43 && !kept.includes(token))
    await assert.rejects(acceptInvitation({ token, newPassword: 'sato@example.net' }), refusedWith('invalid_input'))
    assert.equal(await acceptInvitation({ token, newPassword: portalPassword }), 'sato')
    await assert.rejects(acceptInvitation({ token, newPassword: portalPassword }), refusedWith('not_signed_in'))
    const identity = await verifyPortalPassword('sato', portalPassword)
    assert.equal(identity && roleProvedBy(identity.role, 'password'), 'UNPROVEN_STAFF')
  })

  it('is worth nothing after two days, or withdrawn', async () => {
    const { acceptInvitation } = await import('#lib/staff/accept-invitation.ts')
    const { withdrawStaffInvitation } = await import('#lib/staff/invite-staff.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    await invite(ueda, 'AUDITOR')
    const late = (await sentLinks()).get('sato@example.net') ?? ''
    await prisma().$executeRaw`UPDATE staff_invitations SET expires_at = now() - interval '1 second'`
    await assert.rejects(acceptInvitation({ token: late, newPassword: portalPassword }), refusedWith('not_signed_in'))
    await invite(ueda, 'AUDITOR')
    const withdrawn = (await sentLinks()).get('sato@example.net') ?? ''
    const [open, ...kept] = await prisma().staffInvitation.findMany()
    assert.ok(open)
    assert.deepEqual(kept, [], 'what is over is not kept')
    await withdrawStaffInvitation(ueda.actor, { invitationId: open.id })
    await assert.rejects(
      acceptInvitation({ token: withdrawn, newPassword: portalPassword }),
      refusedWith('not_signed_in'),
    )
  })

  it('ends with the work of who sent it', async () => {
    const { acceptInvitation } = await import('#lib/staff/accept-invitation.ts')
    await invite(mori, 'SUPPORT_AGENT')
    const token = (await sentLinks()).get('sato@example.net') ?? ''
    await end(ueda, mori)
    await assert.rejects(acceptInvitation({ token, newPassword: portalPassword }), refusedWith('not_signed_in'))
  })

  it('of an operator takes a second person, for this address and no other', async () => {
    assert.equal(await invite(ueda, 'OPERATOR'), 'awaitingApproval')
    await assert.rejects(decide(ueda), refusedWith('conflict'))
    await decide(mori)
    assert.equal(await invite(ueda, 'OPERATOR', 'elsewhere@example.org'), 'awaitingApproval')
    assert.equal(await invite(ueda, 'OPERATOR'), 'done')
    await assert.rejects(invite(ueda, 'AUDITOR'), refusedWith('conflict'), 'the login is invited already')
  })

  it('brings somebody back under their login: the same account, and nothing opens it that did before', async () => {
    const { acceptInvitation } = await import('#lib/staff/accept-invitation.ts')
    const { openWebSession, findWebSession } = await import('#lib/auth/web-sessions.ts')
    const { prisma } = await import('#lib/db/prisma.ts')
    const sato = await staffed('sato', 'SUPPORT_AGENT')
    const { accountId } = sato.actor
    const passkey = { accountId, credentialId: 'old', publicKey: new Uint8Array(1), counter: 0n, transports: [] }
    await prisma().passkey.create({ data: { ...passkey, label: 'old' } })
    const cookie = await openWebSession(
      { accountId, role: 'SUPPORT_AGENT', provedBy: 'passkey' },
      { address: '192.0.2.7', userAgent: '' },
    )
    await assert.rejects(invite(ueda, 'AUDITOR'), refusedWith('conflict'), 'they still work here')
    await end(ueda, sato)
    assert.equal(await invite(ueda, 'AUDITOR'), 'done')
    await assert.rejects(invite(ueda, 'AUDITOR'), refusedWith('conflict'), 'invited once')
    const token = (await sentLinks()).get('sato@example.net') ?? ''
    assert.equal(await acceptInvitation({ token, newPassword: portalPassword }), 'sato')
    const back = await prisma().portalAccount.findUniqueOrThrow({ where: { login: 'sato' } })
    assert.deepEqual([back.id, back.role, back.disabledAt], [accountId, 'AUDITOR', null])
    assert.equal(await prisma().passkey.count({ where: { accountId } }), 0)
    assert.equal(await findWebSession(cookie), null)
  })

  it('goes by one person’s word where there is nobody else, unless they sent the others away today', async () => {
    await end(ueda, mori)
    assert.equal(await invite(ueda, 'OPERATOR'), 'awaitingApproval')
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().$executeRaw`UPDATE audit_records SET at = at - interval '2 days'`
    assert.equal(await invite(ueda, 'OPERATOR'), 'done')
  })
})

describe('what another operator approved', () => {
  async function press(by: Session) {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { doApproved } = await import('#lib/approved-deeds/do-approved.ts')
    const { id: approvalId } = await prisma().approval.findFirstOrThrow({ where: { isApproved: true } })
    return doApproved(by, { approvalId })
  }

  it('is done by one press of whoever asked, after a proof of the last ten minutes', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const kato = await staffed('kato', 'AUDITOR')
    assert.equal(await change(ueda, kato, 'OPERATOR'), 'awaitingApproval')
    await decide(mori)
    await assert.rejects(press({ ...ueda, confirmedAt: new Date(0) }), refusedWith('forbidden'))
    await press(ueda)
    assert.equal(await roleOf(kato), 'OPERATOR')
    await prisma().approval.deleteMany()
    assert.equal(await invite(ueda, 'SENIOR_AGENT'), 'awaitingApproval')
    await decide(mori)
    await press(ueda)
    const [invitation] = await prisma().staffInvitation.findMany()
    assert.deepEqual([invitation?.login, invitation?.mailAddress], ['sato', 'sato@example.net'])
  })

  it('is forgotten a week after it has run out; that it was asked for and approved stays on record', async () => {
    const { prisma, prismaQueryable } = await import('#lib/db/prisma.ts')
    const { purgeApprovals } = await import('#lib/engine/staff/purge-approvals.ts')
    const { keepApprovalsDays } = await import('#lib/retention/retention-kinds.ts')
    await invite(ueda, 'OPERATOR')
    await decide(mori)
    const daysLater = async (days: number) => {
      await prisma().$executeRaw`UPDATE approvals SET expires_at = now() - make_interval(days => ${days}::int)`
      await purgeApprovals(prismaQueryable(), keepApprovalsDays)
      return prisma().approval.count()
    }
    assert.deepEqual([await daysLater(keepApprovalsDays - 1), await daysLater(keepApprovalsDays + 1)], [1, 0])
    assert.equal(await prisma().auditRecord.count({ where: { action: { startsWith: 'approval.' } } }), 2)
  })

  it('is not done once either of the two has lost their role', async () => {
    const kato = await staffed('kato', 'AUDITOR')
    await change(ueda, kato, 'OPERATOR')
    await decide(mori)
    await end(ueda, mori)
    await assert.rejects(press(ueda), refusedWith('conflict'))
    assert.equal(await roleOf(kato), 'AUDITOR')
  })
})

describe('one’s own address', () => {
  async function ask(by: Session, address: string) {
    const { askForOwnAddress } = await import('#lib/staff/own-address.ts')
    return askForOwnAddress(by, { address })
  }
  async function confirm(token: string) {
    const { confirmOwnAddress } = await import('#lib/staff/own-address.ts')
    return confirmOwnAddress({ token })
  }
  const addressOf = async ({ actor }: Session) =>
    (await import('#lib/staff/own-address.ts')).readOwnAddress(actor).then(({ address }) => address)

  it('is another one once its reader has followed the link; the former reader is told', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    await ask(ueda, 'Ueda@New.Example')
    assert.equal(await addressOf(ueda), 'ueda@example.net')
    const [[address, token] = ['', '']] = [...(await sentLinks())]
    assert.equal(address.toLowerCase(), 'ueda@new.example')
    await confirm(token)
    assert.equal(await addressOf(ueda), address)
    const told = await prisma().addressNotice.findMany()
    assert.deepEqual(
      told.map((notice) => [notice.address, notice.kind]),
      [['ueda@example.net', 'staffAddress.replaced']],
    )
    await assert.rejects(confirm(token), refusedWith('not_found'))
  })

  it('stays without a proof of the last ten minutes, after a day, and for whoever has ended', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    await assert.rejects(ask({ ...ueda, confirmedAt: new Date(0) }, 'a@b.example'), refusedWith('forbidden'))
    await assert.rejects(ask(ueda, 'no address'), refusedWith('invalid_input'))
    await ask(mori, 'late@new.example')
    const late = (await sentLinks()).get('late@new.example') ?? ''
    await prisma().$executeRaw`UPDATE staff_address_changes SET requested_at = now() - interval '25 hours'`
    await assert.rejects(confirm(late), refusedWith('not_found'))
    await ask(mori, 'gone@new.example')
    const gone = (await sentLinks()).get('gone@new.example') ?? ''
    await end(ueda, mori)
    await assert.rejects(confirm(gone), refusedWith('not_found'))
  })

  it('is asked for five times a day at the most', async () => {
    for (let letter = 0; letter < 5; letter += 1) await ask(ueda, `a${letter}@new.example`)
    await assert.rejects(ask(ueda, 'a6@new.example'), refusedWith('too_many_attempts'))
  })
})

describe('a change of the policy', () => {
  async function save(by: Session, minutes: number, percent?: number): Promise<number> {
    const { currentPolicy, savePolicy } = await import('#lib/policy/index.ts')
    const { version: basedOn, document } = await currentPolicy()
    const popBeforeSmtp = { ...document.popBeforeSmtp, windowSeconds: minutes * 60 }
    const extent = percent === undefined ? null : ({ kind: 'percent', percent } as const)
    return savePolicy(by.actor, { document: { ...document, popBeforeSmtp }, note: 'case 4713', basedOn, extent })
  }

  it('is told to the other operators once, in words, with the reason; not to whoever did it', async () => {
    const version = await save(ueda, 11)
    const letters = await sentLetters()
    assert.deepEqual([...letters.keys()], ['mori@example.net'])
    const letter = letters.get('mori@example.net') ?? ''
    for (const words of [
      `第${version}版`,
      'ueda',
      'case 4713',
      '受信後に送信できる時間（分）: 10 → 11',
      'https://portal.test/operator/policy#history',
    ])
      assert.ok(letter.includes(words), words)
    assert.equal((await sentLetters()).size, 0)
  })

  it('is told when it is rolled out, extended, finished and taken back', async () => {
    const { moveRollout } = await import('#lib/policy/move-rollout.ts')
    const heard = async () => (await sentLetters()).get('mori@example.net') ?? ''
    const version = await save(ueda, 12, 10)
    assert.match(await heard(), /10%[\s\S]*11 → 12/)
    await moveRollout(ueda.actor, { version, to: { extent: { kind: 'domains', domains: ['example.jp'] } } })
    assert.match(await heard(), /example\.jp/)
    await moveRollout(ueda.actor, { version, to: 'returned' })
    assert.match(await heard(), /取りやめ[\s\S]*12 → 11/)
    const next = await save(ueda, 13, 10)
    await heard()
    await moveRollout(ueda.actor, { version: next, to: 'finished' })
    assert.match(await heard(), /すべてに適用[\s\S]*11 → 13/)
  })

  it('is not told to whoever is no operator any more', async () => {
    await save(ueda, 14)
    await end(ueda, mori)
    assert.equal((await sentLetters()).size, 0)
  })
})

describe('a role', () => {
  it('that decides for others takes a second person, who is not the one concerned', async () => {
    const kato = await staffed('kato', 'SENIOR_AGENT')
    assert.equal(await change(ueda, kato, 'OPERATOR'), 'awaitingApproval')
    await assert.rejects(decide(kato), refusedWith('conflict'))
    await decide(mori, 'refuse')
    assert.equal(await change(ueda, kato, 'OPERATOR'), 'awaitingApproval')
    await decide(mori)
    assert.equal(await change(ueda, kato, 'OPERATOR'), 'done')
    assert.equal(await roleOf(kato), 'OPERATOR')
  })

  it('ends with its sessions and tokens, and the person is told', async () => {
    const { prisma } = await import('#lib/db/prisma.ts')
    const { openWebSession } = await import('#lib/auth/web-sessions.ts')
    const { accountId } = mori.actor
    await openWebSession({ accountId, role: 'OPERATOR', provedBy: 'passkey' }, { address: '192.0.2.7', userAgent: '' })
    await prisma().apiToken.create({
      data: { name: 'x', tokenHash: new Uint8Array(1), scopes: [], accountId, expiresAt: new Date('2100-01-01') },
    })
    assert.equal(await change(ueda, mori, 'AUDITOR'), 'done')
    assert.equal(await prisma().webSession.count({ where: { accountId, revokedAt: null } }), 0)
    assert.equal(await prisma().apiToken.count({ where: { accountId, revokedAt: null } }), 0)
    await end(ueda, mori)
    assert.equal(await roleOf(mori), 'ended')
    const told = await prisma().addressNotice.findMany({ orderBy: { id: 'asc' } })
    assert.deepEqual(
      told.map(({ address, kind }) => `${address} ${kind}`),
      ['mori@example.net staff.changeRole', 'mori@example.net staff.end'],
    )
    const { details, reason: why } = await prisma().auditRecord.findFirstOrThrow({
      where: { action: 'staff.changeRole' },
    })
    assert.deepEqual([details, why], [{ from: 'OPERATOR', to: 'AUDITOR' }, reason])
  })

  const refusals: readonly (readonly [what: string, code: string, deed: () => Promise<unknown>])[] = [
    ['one’s own', 'conflict', () => change(ueda, ueda, 'AUDITOR')],
    ['one’s own end', 'conflict', () => end(ueda, ueda)],
    ['the same again', 'conflict', () => change(ueda, mori, 'OPERATOR')],
    ['by a senior agent', 'forbidden', async () => end(await staffed('kato', 'SENIOR_AGENT'), mori)],
    ['without a proof of the last ten minutes', 'forbidden', () => end({ ...ueda, confirmedAt: new Date(0) }, mori)],
    ['of nobody', 'not_found', () => end(ueda, { ...mori, actor: { ...mori.actor, accountId: crypto.randomUUID() } })],
  ]
  for (const [what, code, deed] of refusals) {
    it(`is not changed: ${what}`, async () => {
      await assert.rejects(deed(), refusedWith(code))
      assert.equal(await roleOf(ueda), 'OPERATOR')
      assert.equal(await roleOf(mori), 'OPERATOR')
    })
  }

  it('of the last operator stays, also when two operators end each other at once', async () => {
    const outcomes = await Promise.allSettled([end(ueda, mori), end(mori, ueda)])
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    assert.deepEqual([await roleOf(ueda), await roleOf(mori)].sort(), ['OPERATOR', 'ended'])
  })
})

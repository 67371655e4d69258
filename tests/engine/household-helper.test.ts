/** An owner lets somebody else set up a device: once, within ten minutes, by a link or a code, and it is on record who. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { freshDatabase } from '#tests/support/database.ts'

const database = await freshDatabase()
Object.assign(process.env, { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString('base64') })

const { listChanges } = await import('#lib/activity/list-changes.ts')
const { prisma } = await import('#lib/db/prisma.ts')
const { inviteHelper, openInvitation, withdrawInvitation } = await import('#lib/set-up-code/invite-helper.ts')
const { setUpByLink, setUpMail } = await import('#lib/set-up-code/set-up-mail.ts')
const { setPortalPassword } = await import('#lib/set-up-code/set-portal-password.ts')
const { findInvitation } = await import('#lib/set-up-code/redeem-set-up-code.ts')
const { addSubscriber } = await import('#tests/support/people.ts')

const visitor = { address: '192.0.2.7', userAgent: 'test' }
let taro: Awaited<ReturnType<typeof addSubscriber>>
let hanako: typeof taro

before(async () => {
  taro = await addSubscriber('taro', false)
  hanako = await addSubscriber('hanako', false)
})

beforeEach(async () => {
  await prisma().setUpCode.deleteMany({})
  await prisma().loginFailure.deleteMany({})
  await prisma().credential.deleteMany({ where: { label: 'tablet' } })
})

after(async () => {
  await prisma().$disconnect()
  await database.drop()
})

const invite = () => inviteHelper(taro.actor, { mailboxId: taro.id, helper: 'Hanako', label: 'tablet' })
const spoken = ({ groups }: Awaited<ReturnType<typeof invite>>) =>
  groups
    .flat()
    .map(({ kana }) => kana)
    .join('')
const byCode = (code: string, address = taro.address) =>
  setUpMail({ address, code, label: 'something else', clientId: null }, visitor)
const byLink = (token: string) => setUpByLink({ token, clientId: null })
const tablets = () => prisma().credential.count({ where: { mailboxId: taro.id, label: 'tablet' } })
const refused = { code: 'not_signed_in' }

describe('a helper of the household', () => {
  test('gets one new password by the link, with the label of the owner, and the link is over', async () => {
    const { token } = await invite()
    const { password, credential } = await byLink(token)
    assert.ok(password.length > 20)
    assert.equal(credential.label, 'tablet')
    await assert.rejects(byLink(token), refused)
    assert.equal(await tablets(), 1)
  })

  test('gets the same by the code, in whatever letters it is typed; then the link is over too', async () => {
    const invited = await invite()
    const { credential } = await byCode(
      invited.groups.map((group) => group.map(({ romaji }) => romaji).join('')).join(' '),
    )
    assert.equal(credential.label, 'tablet')
    await assert.rejects(byLink(invited.token), refused)
    await assert.rejects(byCode(spoken(invited)), refused)
    assert.equal(await tablets(), 1)
  })

  test('of many at the same moment gets it once', async () => {
    const invited = await invite()
    const tries = [...Array.from({ length: 6 }, () => byLink(invited.token)), byCode(spoken(invited))]
    const results = await Promise.allSettled(tries)
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal(await tablets(), 1)
  })

  test('gets nothing after ten minutes, after a withdrawal, or after a newer invitation', async () => {
    const old = await invite()
    await prisma().setUpCode.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    await assert.rejects(byLink(old.token), refused)
    await assert.rejects(byCode(spoken(old)), refused)
    assert.equal(await openInvitation(taro.actor, taro.id), null)
    const withdrawn = await invite()
    await withdrawInvitation(taro.actor, { mailboxId: taro.id })
    await assert.rejects(byLink(withdrawn.token), refused)
    await assert.rejects(byCode(spoken(withdrawn)), refused)
    const first = await invite()
    const second = await invite()
    await assert.rejects(byLink(first.token), refused)
    assert.equal((await openInvitation(taro.actor, taro.id))?.helper, 'Hanako')
    await byLink(second.token)
  })

  test('learns nothing by looking at the link, and looking does not use it up', async () => {
    const { token } = await invite()
    for (let looks = 0; looks < 3; looks += 1) assert.equal((await findInvitation(token))?.mailbox.id, taro.id)
    assert.equal(await findInvitation(`${token}x`), null)
    const { digest, linkHash } = await prisma().setUpCode.findFirstOrThrow()
    assert.ok(!Buffer.from(linkHash ?? []).includes(token) && !Buffer.from(digest).includes(token))
    await byLink(token)
  })

  test('cannot use the code for anything else, nor at another mailbox', async () => {
    const invited = await invite()
    const asPortal = { address: taro.address, code: spoken(invited), newPassword: 'a long enough password' }
    await assert.rejects(setPortalPassword(asPortal, visitor), refused)
    await assert.rejects(byCode(spoken(invited), hanako.address), refused)
    await byCode(spoken(invited))
  })

  test('who guesses is stopped by the one count of attempts, and the right code does not help then', async () => {
    const invited = await invite()
    let stoppedAfter = 0
    for (let tries = 1; tries <= 100 && stoppedAfter === 0; tries += 1) {
      await byCode(`あいう${'かきくけこさ'.slice(0, 3)}${String.fromCharCode(0x3042 + tries)}`).catch((error) => {
        if (error.code === 'too_many_attempts') stoppedAfter = tries
      })
    }
    assert.ok(stoppedAfter > 0 && stoppedAfter <= 30, `stopped after ${stoppedAfter}`)
    await assert.rejects(byCode(spoken(invited)), { code: 'too_many_attempts' })
    assert.equal(await tablets(), 0)
  })

  test('is named in the owner’s activity, and in the letter that follows', async () => {
    const { token } = await invite()
    await byLink(token)
    const changes = await listChanges(taro.actor)
    const invited = changes.find(({ action }) => action === 'helper.invite')
    const setUp = changes.find(({ action }) => action === 'helper.setUp')
    assert.deepEqual([invited?.label, setUp?.reason, setUp?.by], ['Hanako', 'Hanako', 'self'])
    const notice = await prisma().ownerNotice.findFirstOrThrow({ where: { mailboxId: taro.id, kind: 'helper.setUp' } })
    assert.equal(notice.reason, 'Hanako')
  })

  test('is invited by the owner and nobody else', async () => {
    const input = { mailboxId: taro.id, helper: 'Hanako', label: 'tablet' }
    const agent = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT' as const, customerId: null }
    for (const actor of [hanako.actor, agent]) {
      await assert.rejects(inviteHelper(actor, input), { code: 'not_found' })
      await assert.rejects(openInvitation(actor, taro.id), { code: 'not_found' })
      await assert.rejects(withdrawInvitation(actor, { mailboxId: taro.id }), { code: 'not_found' })
    }
  })
})

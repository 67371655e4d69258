/** A forgotten password, by the real worker: the letters arrive elsewhere, and only they and the telephone are worth anything. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, beforeEach, describe } from 'node:test'
import { verifyPortalPassword } from '#lib/accounts/index.ts'
import { openWebSession } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { askForRecovery } from '#lib/recovery/ask-for-recovery.ts'
import { askForRecoveryAddress, removeRecoveryAddress, verifyRecoveryAddress } from '#lib/recovery/recovery-address.ts'
import type { RecoveryChannel } from '#lib/recovery/recovery-channels.ts'
import { setRecoveredPassword } from '#lib/recovery/set-recovered-password.ts'
import { setPortalPassword } from '#lib/set-up-code/set-portal-password.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'

const home = { address: '192.0.2.7', userAgent: 'test' }
const newPassword = 'a password of my own choice'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako')
const { actor, address: login } = taro
const session = { id: crypto.randomUUID(), actor, login, displayName: '', confirmedAt: new Date() }

describe('a forgotten password', () => {
  const table = matrix('recovery', 'Ways to get into an account by its forgotten password: none')

  beforeEach(async () => {
    await prisma().loginFailure.deleteMany()
    await prisma().message.deleteMany()
    await prisma().body.deleteMany()
    await prisma().$executeRaw`DELETE FROM recovery_links`
  })

  const isRefused = (code: AppError['code']) => (error: unknown) => error instanceof AppError && error.code === code

  async function letters(mailboxId: number): Promise<string[]> {
    const bodies = await prisma().body.findMany({ where: { mailboxId }, orderBy: { id: 'asc' } })
    return bodies.map(({ content }) => {
      const [, text = ''] = Buffer.from(content).toString().split('\r\n\r\n')
      return Buffer.from(text, 'base64').toString()
    })
  }

  /** @returns the token of the link in the newest letter that has one of this path */
  async function tokenFor(path: string): Promise<string> {
    let token: string | undefined
    await eventually(async () => {
      const found = (await letters(hanako.id)).flatMap(
        (text) => new RegExp(`/recover/${path}#([\\w-]{43})`).exec(text) ?? [],
      )
      token = found.at(-1)
      assert.ok(token)
    })
    return token ?? ''
  }

  /** As long as the worker needs to have seen every request. */
  async function answered(login: string, channel: RecoveryChannel): Promise<void> {
    await askForRecovery({ login, channel }, home)
    await eventually(async () => assert.equal(await prisma().recoveryRequest.count(), 0))
  }

  const ageAddress = () => prisma().$executeRaw`UPDATE recovery_addresses SET verified_at = now() - interval '25 hours'`

  table.check('has a second address that its reader agreed to', async () => {
    await askForRecoveryAddress(session, { address: hanako.address })
    const token = await tokenFor('address')
    await assert.rejects(verifyRecoveryAddress({ token: token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) }))
    await verifyRecoveryAddress({ token })
    await assert.rejects(verifyRecoveryAddress({ token }), isRefused('not_found'))
  })

  /** Each is one address, or two, according to who reads it (GHSA-5jpx-9hw9-2fx4, CVE-2022-35924, CVE-2026-73420). */
  const notOneAddress = [
    'nobody',
    'a@b@c.example',
    'hanako＠elsewhere.test',
    'hanako@elsewhere.test,evil@evil.example',
    '"hanako@elsewhere.test,evil@evil.example"@',
    'hanako@elsewhere.test evil@evil.example',
    'hanako@elsewhere.test\r\nBcc: evil@evil.example',
    '<hanako@elsewhere.test>',
    'hanako@ｅlsewhere.test',
    '@evil.example:hanako@elsewhere.test',
  ]
  table.check(
    'cannot have one of the same contract, nor one that is none or two',
    async () => {
      for (const address of ['taro@infonia.ne.jp', 'TARO@infonia.ne.jp', ...notOneAddress]) {
        await assert.rejects(askForRecoveryAddress(session, { address }), isRefused('invalid_input'), address)
      }
    },
    2 + notOneAddress.length,
  )

  table.check('gets nothing within a day after the address changed, nor for a login that nobody has', async () => {
    await answered(taro.address, 'address')
    await answered('nobody@infonia.ne.jp', 'address')
    assert.equal(await prisma().recoveryLink.count(), 0)
    assert.deepEqual(await letters(hanako.id), [])
  })

  table.check(
    'is renewed by the link, once; whoever was signed in no longer is, and the second step stays',
    async () => {
      await ageAddress()
      const { accountId } = taro.actor
      await openWebSession({ accountId, role: 'SUBSCRIBER', provedBy: 'password' }, home)
      const sealed = { sealedKey: new Uint8Array(1), sealedSecret: new Uint8Array(1) }
      await prisma().authenticatorApp.create({ data: { accountId, ...sealed, confirmedAt: new Date() } })
      await answered(taro.address, 'address')
      const token = await tokenFor('password')
      assert.ok(!(await letters(taro.id)).some((text) => text.includes('/recover/')), 'never to the mailbox itself')
      const easy = setRecoveredPassword({ token, newPassword: 'infoniainfonia' })
      await assert.rejects(easy, isRefused('invalid_input'), 'and the link stays good')
      const taken = await Promise.allSettled([
        setRecoveredPassword({ token, newPassword }),
        setRecoveredPassword({ token, newPassword }),
      ])
      assert.deepEqual(taken.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      await assert.rejects(setRecoveredPassword({ token, newPassword }), isRefused('not_signed_in'))
      assert.ok(await verifyPortalPassword(taro.address, newPassword))
      assert.equal(await verifyPortalPassword(taro.address, portalPassword), null)
      assert.equal(await prisma().webSession.count({ where: { accountId, revokedAt: null } }), 0)
      assert.equal(await prisma().authenticatorApp.count({ where: { accountId } }), 1)
    },
  )

  table.check('is not renewed by a link before the newest, nor after its time; no link is kept', async () => {
    await prisma().auditRecord.deleteMany({ where: { action: 'recovery.send' } })
    await answered(taro.address, 'address')
    const older = await tokenFor('password')
    await prisma().body.deleteMany()
    await answered(taro.address, 'address')
    const first = await tokenFor('password')
    assert.ok(Buffer.from(first, 'base64url').length >= 16)
    const kept = (await prisma().recoveryLink.findMany()).map(({ tokenHash }) =>
      Buffer.from(tokenHash).toString('base64url'),
    )
    assert.deepEqual(kept.length, 1)
    assert.ok(!kept.includes(first))
    await assert.rejects(setRecoveredPassword({ token: older, newPassword }), isRefused('not_signed_in'))
    await prisma().$executeRaw`UPDATE recovery_links SET expires_at = now() - interval '1 second'`
    await assert.rejects(setRecoveredPassword({ token: first, newPassword }), isRefused('not_signed_in'))
  })

  table.check(
    'can be renewed through the telephone on record, and its owner is told; without a gateway only this machine’s operator reads the code',
    async () => {
      const { customerId } = taro.actor
      await prisma().contact.create({ data: { customerId, phone: '+81312345678' } })
      await answered(taro.address, 'phone')
      const file = join(process.env.DATA_DIR ?? '', 'phone-messages.jsonl')
      await eventually(async () => assert.ok(statSync(file).size > 0))
      assert.equal(statSync(file).mode & 0o777, 0o600)
      await eventually(async () =>
        assert.ok((await letters(taro.id)).some((text) => text.includes('パスワードを忘れたときの案内が送られました'))),
      )
      const { to, text } = JSON.parse(readFileSync(file, 'utf8')) as { to: string; text: string }
      assert.equal(to, '+81312345678')
      const code = /「(.+)」/.exec(text)?.[1] ?? ''
      await setPortalPassword({ address: taro.address, code, newPassword: portalPassword }, home)
      assert.ok(await verifyPortalPassword(taro.address, portalPassword))
    },
  )

  table.check('is asked for no more than three times a day', async () => {
    await prisma().contact.updateMany({ data: { changedAt: new Date() } })
    const sent = () => prisma().auditRecord.count({ where: { action: 'recovery.send', mailboxId: taro.id } })
    const before = await sent()
    await answered(taro.address, 'phone')
    assert.equal(await sent(), before, 'nothing goes to a number that changed within a day')
    for (let times = 0; times < 3; times += 1) await answered(taro.address, 'address')
    assert.equal(await sent(), 3)
  })

  table.check('tells the reader of the former address that it no longer counts', async () => {
    await ageAddress()
    const next = { address: 'somebody.else@infonia.ne.jp' }
    const link = { tokenHash: new Uint8Array(32), accountId: taro.actor.accountId, expiresAt: new Date() }
    await prisma().recoveryLink.create({ data: link })
    await askForRecoveryAddress(session, next)
    assert.equal(await prisma().recoveryLink.count(), 0, 'a link that went there opens nothing')
    await eventually(async () =>
      assert.ok((await letters(hanako.id)).some((text) => text.includes('別のアドレスに変える申し込みがあり'))),
    )
    await removeRecoveryAddress(session)
    assert.equal(await prisma().addressNotice.count({ where: next }), 0, 'whoever has not agreed is not written to')
    const { accountId } = taro.actor
    await prisma().recoveryAddress.create({ data: { accountId, address: hanako.address, verifiedAt: new Date() } })
    await askForRecoveryAddress(session, { address: hanako.address })
    await prisma().recoveryAddress.updateMany({ data: { verifiedAt: new Date() } })
    await removeRecoveryAddress(session)
    await eventually(async () =>
      assert.ok((await letters(hanako.id)).some((text) => text.includes('その登録が消され'))),
    )
  })

  table.check('leads nobody to more than twenty requests from one place', async () => {
    const outcomes: string[] = []
    for (let times = 0; times < 30; times += 1) {
      const asked = askForRecovery({ login: `nobody-${times}@infonia.ne.jp`, channel: 'address' }, home)
      outcomes.push(await asked.then(() => 'asked').catch((error: AppError) => error.code))
    }
    assert.equal(outcomes.at(-1), 'too_many_attempts')
    assert.ok(outcomes.filter((outcome) => outcome === 'asked').length <= 20)
  })
})

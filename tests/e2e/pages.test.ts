/** The pages behind the sign-in, on the narrowest phone: by day and by night, in both languages, for each role. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { assertFits, NARROWEST, openUnfolded } from '#tests/support/looks.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { addEverybody } from '#tests/support/portal-people.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing

let portal: TestPortal
let browser: Browser

before(async () => {
  if (skip) return
  portal = await startPortal()
  await addEverybody()
  await addEvents()
  await addDkimKeys()
  await addTlsResults()
  await addClientReport()
  await addApprovals()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

/** What the engine would have seen: a login that went well, one that was refused, a long line in the record. */
async function addEvents(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id: mailboxId } = await prisma().mailbox.findFirstOrThrow({ where: { address: logins.subscriber } })
  const { id: credentialId } = await prisma().credential.findFirstOrThrow({ where: { mailboxId } })
  await prisma().liveSession.create({
    data: {
      id: crypto.randomUUID(),
      mailboxId,
      credentialId,
      listener: 'imaps',
      address: '2001:db8:1234:5678:9abc:def0:1234:5678',
      tlsVersion: 'TLSv1.3',
      clientName: `Kumo Mail ${'7'.repeat(60)}`,
      startedAt: new Date(),
    },
  })
  const hold = { sendingHeldAt: new Date(), holdReason: 'newCorrespondentsReached' }
  await prisma().mailbox.update({ where: { id: mailboxId }, data: hold })
  const seen = {
    at: new Date(),
    sessionId: crypto.randomUUID(),
    listener: 'submissions',
    address: '2001:db8:1234:5678:9abc:def0:1234:5678',
    tlsVersion: 'TLSv1.3',
    mechanism: 'PLAIN',
    mailboxId,
    transcript: [`C: MAIL FROM:<${'x'.repeat(200)}>`],
  }
  await prisma().protocolEvent.createMany({
    data: [
      { ...seen, kind: 'login', detail: 'Signed in' },
      { ...seen, kind: 'refusal', reason: 'badCredentials', replyCode: '535', detail: 'x'.repeat(120) },
    ],
  })
}

/** Keys in each state, so that everything that the page can show is on it. */
async function addDkimKeys(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const key = { domain: 'infonia.ne.jp', algorithm: 'RSA', publicKey: 'M'.repeat(392) } as const
  await prisma().dkimKey.createMany({
    data: [
      { ...key, selector: 'r20261124-0000', state: 'NEXT' },
      { ...key, selector: 'r20261024-0000', state: 'ACTIVE', activatedAt: new Date() },
      { ...key, selector: 'r20260924-0000', state: 'RETIRED', retiredAt: new Date() },
    ],
  })
}

async function addTlsResults(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const result = { day: new Date(), domain: `${'long-name.'.repeat(6)}test`, policy: 'enforce' }
  await prisma().tlsResult.createMany({
    data: [
      { ...result, result: 'success', sessions: 90 },
      { ...result, result: 'certificate-expired', sessions: 10 },
    ],
  })
}

async function addClientReport(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id: mailboxId } = await prisma().mailbox.findFirstOrThrow({ where: { address: logins.subscriber } })
  const report = { mailboxId, clientId: 'becky-2-current', sendingMethod: 'SMTP_AUTH', works: true } as const
  await prisma().clientReport.create({ data: report })
}

/** Of the agent: one that waits, one that can be done, and one that was refused. */
async function addApprovals(): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { id: mailboxId, customerId } = await prisma().mailbox.findFirstOrThrow({
    where: { address: logins.subscriber },
  })
  const { id: requestedBy } = await prisma().portalAccount.findFirstOrThrow({ where: { login: logins.agent } })
  const { id: decidedBy } = await prisma().portalAccount.findFirstOrThrow({ where: { login: logins.operator } })
  const asked = { mailboxId, reason: 'x'.repeat(200), requestedBy, expiresAt: new Date(Date.now() + 3_600_000) }
  const decided = { ...asked, decidedBy, decidedAt: new Date() }
  const order = { customerId, mailboxId }
  await prisma().approval.createMany({
    data: [
      { ...asked, deed: 'changeContact', order: { customerId, phone: '+81312345678' } },
      { ...decided, deed: 'removeSecondStep', order, isApproved: true },
      { ...decided, deed: 'suspendMailbox', order: { ...order, textJa: '確認のため', textEn: 'y'.repeat(300) } },
    ],
  })
}

const roles = [
  {
    login: logins.subscriber,
    paths: [
      '/home',
      '/credentials',
      '/credentials/new',
      '/mailbox',
      '/recipes',
      '/activity',
      '/sending-method',
      '/guides/thunderbird',
      '/account',
    ],
  },
  { login: logins.stranger, paths: ['/home', '/sending-method', '/security', '/setup'] },
  { login: logins.agent, paths: ['/support', '/support/approvals', '/support/reports'] },
  {
    login: logins.operator,
    paths: [
      ...['/operator/policy', '/operator/policy/values', '/operator/policy/compare', '/operator/policy/file'],
      ...['/operator/announcements', '/operator/announcements/new', '/operator/maintenance'],
      ...['/operator/dkim', '/operator/dns', '/operator/encryption', '/operator/held'],
      ...['/operator/audit', '/operator/staff', '/operator/api', '/operator/webhooks', '/api-reference'],
    ],
  },
]

async function signedIn(context: BrowserContext, login: string): Promise<Page> {
  const page = await context.newPage()
  await signIn(page, portal.url, login)
  return page
}

/** In both languages, by day and by night: without motion, so that no colour is on its way to another. */
async function inEachLook(page: Page, path: string): Promise<void> {
  for (const prefix of ['', '/en']) {
    await openUnfolded(page, `${portal.url}${prefix}${path}`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await assertFits(page)
    }
  }
}

for (const { login, paths } of roles) {
  test(`accessible and no wider than the screen, with all that unfolds: ${login}`, { skip }, async () => {
    const context = await browser.newContext({ viewport: NARROWEST, reducedMotion: 'reduce' })
    const page = await signedIn(context, login)
    const complaints = collectComplaints(page)
    for (const path of paths) await inEachLook(page, path)
    assert.deepEqual(complaints, [])
    await context.close()
  })
}

test('a password that was just issued, and a customer that an agent has open', { skip }, async () => {
  const context = await browser.newContext({ viewport: NARROWEST, reducedMotion: 'reduce' })
  const page = await signedIn(context, logins.stranger)
  await page.goto(`${portal.url}/credentials/new`)
  await page.locator('input[name=label]').fill('とても長い名前を付けたパソコン'.repeat(3))
  await page.getByRole('button', { name: '発行する' }).click()
  await page.getByRole('heading', { name: 'パスワードを発行しました' }).waitFor()
  await assertFits(page)
  await context.clearCookies()
  const agentPage = await signedIn(context, logins.agent)
  await agentPage.locator('input[name=query]').fill(logins.subscriber)
  await agentPage.locator('input[name=reason]').fill('test')
  await agentPage.getByRole('button', { name: '探す' }).click()
  await agentPage.locator('main li').getByRole('button').click()
  await agentPage.waitForURL('**/support/*')
  await assertFits(agentPage)
  const refused = agentPage.getByText('直すところがあります')
  assert.equal(await refused.count(), 1, 'an agent sees refused logins too')
  await inEachLook(agentPage, new URL(agentPage.url()).pathname)
  await context.close()
})

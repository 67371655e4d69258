/** An operator changes what the engine enforces, carefully: tries it on yesterday, on a few, from a file, by a program. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeViolations, browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { addEverybody } from '#tests/support/portal-people.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing

let portal: TestPortal
let browser: Browser
let page: Page
let complaints: string[]

before(async () => {
  if (skip) return
  portal = await startPortal()
  const { stranger } = await addEverybody()
  await addLogin(stranger.id)
  browser = await openBrowser()
  page = await browser.newPage({ locale: 'en-GB' })
  complaints = collectComplaints(page)
  await signIn(page, portal.url, logins.operator)
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function addLogin(mailboxId: number): Promise<void> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const seen = { at: new Date(), sessionId: crypto.randomUUID(), listener: 'submission', address: '192.0.2.1' }
  const login = { kind: 'login', tlsVersion: 'TLSv1.3', mechanism: 'LOGIN', mailboxId, detail: '' }
  await prisma().protocolEvent.create({ data: { ...seen, ...login } })
}

const open = (path: string) => page.goto(`${portal.url}/en${path}`)
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('a draft is tried on yesterday’s records, and stays in the form', { skip }, async () => {
  await open('/operator/policy')
  const login = page.locator('input[name="listeners.submission.mechanisms[]"][value=LOGIN]')
  await login.uncheck()
  await button(/try it on yesterday/).click()
  await page.getByText('1 answers would have been different').waitFor()
  await page.getByRole('cell', { name: 'hanako@infonia.ne.jp' }).waitFor()
  assert.ok(!(await login.isChecked()))
  assert.deepEqual(await axeViolations(page), [])
})

test('it rules for a part first, then for everybody, each with one press', { skip }, async () => {
  await page.getByLabel('Rules for').selectOption('percent')
  await page.getByLabel(/^Percentage/).fill('25')
  await page
    .getByLabel('Reason for the change')
    .or(page.locator('input[name=note]'))
    .first()
    .fill('LOGIN is hardly used')
  await button(/^Save/).click()
  await page.getByText('Version 1 rules for 25% of the mailboxes').waitFor()
  assert.deepEqual(await axeViolations(page), [])
  await button('Let it rule for everybody').click()
  await page.getByText('Version 1 is in force.').waitFor()
  const { policyInForce } = await import('#lib/policy/index.ts')
  const { ruling, rollout } = await policyInForce()
  assert.deepEqual([ruling.version, rollout], [1, null])
})

test('a value says where it comes from, and two versions differ in words', { skip }, async () => {
  await open('/operator/policy/values')
  await page.getByText('LOGIN is hardly used').waitFor()
  await open('/operator/policy/compare?from=0&to=1')
  await page.getByText('SMTP AUTH with STARTTLS (submission): Login methods').waitFor()
  const unknown = await page.request.get(`${portal.url}/en/operator/policy/compare?from=0&to=99`)
  assert.equal(unknown.status(), 404)
})

test('a file is looked at before it is saved, and its faults are named in words', { skip }, async () => {
  const { currentPolicy } = await import('#lib/policy/index.ts')
  const { document: policy } = await currentPolicy()
  const file = (content: unknown) => ({
    name: 'policy.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  })
  await open('/operator/policy/file')
  await page.locator('input[type=file]').setInputFiles(file({ ...policy, retention: { trashDays: -1, junkDays: 0 } }))
  await button('See what changes').click()
  await page.getByText('Trash', { exact: false }).and(page.locator('li')).filter({ hasText: 'too small' }).waitFor()
  // React empties the form after its action; a file that is chosen before that would be gone.
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=file]')?.files?.length === 0)
  await page.locator('input[type=file]').setInputFiles(file({ ...policy, retention: { trashDays: 30, junkDays: 0 } }))
  await button('See what changes').click()
  await page.locator('ins', { hasText: '30' }).waitFor()
  assert.equal((await currentPolicy()).version, 1)
  await page.locator('input[name=note]').fill('from a file')
  await button(/^Save/).click()
  await page.getByText('Saved as version 2.').waitFor()
  assert.equal((await currentPolicy()).document.retention.trashDays, 30)
})

test('what is saved for everybody is confirmed, though the editor begins anew', { skip }, async () => {
  await open('/operator/policy')
  await page.locator('input[name="retention.junkDays"]').fill('30')
  await page.locator('input[name=note]').fill('junk goes too')
  await button(/^Save/).click()
  await page.getByText('Saved as version 3.').waitFor()
  assert.equal(await page.locator('input[name=note]').inputValue(), '')
})

test('a token is shown once, opens the API, and ends when it is revoked', { skip }, async () => {
  await open('/operator/api')
  await page.locator('input[name=name]').fill('CRM')
  await page.locator('input[value="policies:read"]').check()
  await button('Issue').click()
  const token = (await page.getByText(/^ispmail_/).textContent()) ?? ''
  const ask = () => fetch(`${portal.url}/api/v1/policy`, { headers: { authorization: `Bearer ${token}` } })
  const answer = (await (await ask()).json()) as { ruling: { version: number } }
  assert.equal(answer.ruling.version, 3)
  await open('/operator/api')
  assert.equal(await page.getByText(token).count(), 0)
  await button('Revoke').click()
  await page.getByText('Revoked', { exact: true }).waitFor()
  assert.equal((await ask()).status, 401)
})

test('what was done is found in the audit trail', { skip }, async () => {
  await open('/operator/audit?action=policy')
  await page.getByText('policy.rollout').first().waitFor()
  const downloads = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export the records of this period' }).click()
  assert.equal((await downloads).suggestedFilename(), 'audit.jsonl')
  assert.deepEqual(complaints, [])
})

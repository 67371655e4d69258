/** A password for a program that only knows CRAM-MD5 or APOP: asked for in a browser, where the policy takes it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { axeViolations, browserMissing, openBrowser } from '#tests/support/browser.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing
const option = 'CRAM-MD5 か APOP しか使えないメールソフトでも使う'
let portal: TestPortal
let browser: Browser
let page: Page
let offer: () => Promise<unknown>

before(async () => {
  if (skip) return
  portal = await startPortal()
  const [{ addEverybody }, { changePolicy }, { offerChallengeLogins }] = await Promise.all([
    import('#tests/support/portal-people.ts'),
    import('#tests/support/people.ts'),
    import('#tests/support/challenge-logins.ts'),
  ])
  const { operator, subscriber } = await addEverybody()
  offer = () => changePolicy(operator, offerChallengeLogins)
  browser = await openBrowser()
  page = await browser.newPage({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
  await signIn(page, portal.url, subscriber.address)
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function openMore(): Promise<void> {
  await page.goto(`${portal.url}/credentials/new`)
  await page.getByText('使える機能と有効期限を選ぶ').click()
}

test('is not offered where nothing takes it', { skip }, async () => {
  await openMore()
  await page.getByLabel('有効期限').waitFor()
  assert.equal(await page.getByLabel(option).count(), 0)
})

test('is off until it is ticked, says what is kept, and is listed', { skip }, async () => {
  await offer()
  await openMore()
  const tick = page.getByLabel(option)
  assert.equal(await tick.isChecked(), false)
  await page.getByText('ご案内の※2').waitFor()
  assert.deepEqual(await axeViolations(page), [])
  await tick.check()
  await page.getByLabel('このパスワードの名前').fill('古いパソコン')
  await page.getByRole('button', { name: '発行する' }).click()
  await page.getByRole('heading', { name: 'パスワードを発行しました' }).waitFor()

  await page.goto(`${portal.url}/credentials`)
  const kept = page.getByText('CRAM-MD5・APOP でも使えます')
  assert.equal(await kept.count(), 1)
  assert.equal(await page.locator('li').filter({ hasText: '古いパソコン' }).filter({ has: kept }).count(), 1)
})

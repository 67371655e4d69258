/** Announcements in a browser: without JavaScript for readers, from draft to publication for operators. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { assertFitsInBothLanguages, NARROWEST } from '#tests/support/looks.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing

let portal: TestPortal
let browser: Browser

before(async () => {
  if (skip) return
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  await addEverybody()
  await addPublicAnnouncement()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function signedIn(context: BrowserContext, login: string): Promise<Page> {
  const page = await context.newPage()
  await signIn(page, portal.url, login)
  return page
}

test('the notice of 2002 is all there without JavaScript', { skip }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${portal.url}/announcements`)
  await page.getByRole('link', { name: '一時停止とメールサーバー名変更' }).click()
  const text = await page.locator('main').textContent()
  for (const part of [
    /2002年10月22日火曜日 23:30\s*〜\s*2002年10月23日水曜日 3:00/,
    /インフォニアメールサーバーの増強/,
    /SMTP AUTH 専用サーバーは動作しています/,
    /ニュースサービスなど/,
    /相手先の SMTP サーバーに蓄積され/,
    /3時から4時30分まで/,
    /すべてのメールが受信される/,
    /mx\.infonia\.ne\.jp\s*pop\.infonia\.ne\.jp/,
    /POP before SMTP 専用\s*mx\.infonia\.ne\.jp\s*smtp\.infonia\.ne\.jp/,
    /SMTP AUTH 専用\s*mx\.infonia\.ne\.jp\s*smtpa\.infonia\.ne\.jp/,
    /約10分間/,
    /途中で切れてしまうことはありません/,
  ]) {
    assert.match(text ?? '', part)
  }
  await page.locator('main').getByRole('link', { name: '対応メールソフト一覧' }).click()
  await page.waitForURL('**/compatibility')
  await context.close()
})

test('a subscriber puts one away after reading', { skip }, async () => {
  const context = await browser.newContext({ viewport: NARROWEST })
  const page = await signedIn(context, 'taro@infonia.ne.jp')
  await assertFitsInBothLanguages(page, portal.url, '/home')
  await page.goto(`${portal.url}/home`)
  await page.getByRole('button', { name: '読みました' }).click()
  await page.getByRole('heading', { name: 'あなたに関係するお知らせ' }).waitFor({ state: 'detached' })
  await context.close()
})

test('an operator writes, looks, publishes and amends', { skip }, async () => {
  const context = await browser.newContext({ viewport: NARROWEST })
  const page = await signedIn(context, 'operator')
  await assertFitsInBothLanguages(page, portal.url, '/operator/announcements')
  await assertFitsInBothLanguages(page, portal.url, '/operator/announcements/new')
  await page.goto(`${portal.url}/operator/announcements/new`)
  await page.locator('[name="ja.title"]').fill('夜間工事のお知らせ')
  await page.locator('[name="en.title"]').fill('Work at night')
  await page.locator('[name="ja.body"]').fill('◆ 内容\n・受信\n・送信\n\n<b>太字</b>')
  await page.locator('[name=note]').fill('下書き')
  await page.getByRole('button', { name: '下書きを保存' }).click()
  await page.getByText('対象のメールボックス: 2件').waitFor()
  const path = new URL(page.url()).pathname
  await assertFitsInBothLanguages(page, portal.url, path)
  await page.goto(`${portal.url}${path}`)
  await page.getByRole('button', { name: '掲載する' }).click()
  await page.getByRole('button', { name: '変更を公開する' }).waitFor()
  await page.locator('[name=note]').fill('終了時刻を追記')
  await page.getByRole('button', { name: '変更を公開する' }).click()
  await page.getByText('第2版').first().waitFor()
  await page.goto(`${portal.url}/announcements/${path.split('/').at(-1)}`)
  await page.getByText('終了時刻を追記').waitFor()
  assert.equal(await page.locator('main b').count(), 0)
  await page.getByText('<b>太字</b>').waitFor()
  await context.close()
})

test('an operator closes a service, and opens it again early', { skip }, async () => {
  const context = await browser.newContext({ viewport: NARROWEST })
  const page = await signedIn(context, 'operator')
  const { toJapanTime } = await import('#lib/clock/japan-time.ts')
  await page.goto(`${portal.url}/operator/maintenance`)
  await page
    .locator('form:has-text("閉じるサービス") [name=endsAt]')
    .fill(toJapanTime(new Date(Date.now() + 3_600_000)))
  await page.locator('[name="reason.ja"]').fill('増強工事')
  await page.locator('[name="reason.en"]').fill('reinforcement')
  await page.getByRole('button', { name: '登録する' }).click()
  await page.getByText('工事中', { exact: true }).waitFor()
  await assertFitsInBothLanguages(page, portal.url, '/operator/maintenance')
  await page.goto(`${portal.url}/operator/maintenance`)
  await page.getByText('いますぐ終える').click()
  await page.locator('form:has-text("すぐに開きます") [name=reason]').fill('早く終わったため')
  await page.getByRole('button', { name: '終える', exact: true }).click()
  await page.getByText('終了', { exact: true }).waitFor()
  await context.close()
})

test('the status page shows history, and a countdown while work is under way', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  const now = Date.now()
  const yesterday = new Date(now - 86_400_000)
  await prisma().serviceProbe.createMany({
    data: [
      { service: 'smtpa', bucket: new Date(now), good: 9, failed: 1, lastAt: new Date(now), lastGood: true },
      { service: 'smtpa', bucket: yesterday, good: 10, failed: 0, lastAt: yesterday, lastGood: true },
    ],
  })
  const period = { startsAt: new Date(now - 3_600_000), endsAt: new Date(now + 3_600_000) }
  const reason = { ja: '増強工事', en: 'reinforcement' }
  await prisma().maintenanceWindow.create({ data: { services: ['receive'], reason, ...period } })
  const context = await browser.newContext({ viewport: NARROWEST })
  const page = await context.newPage()
  const complaints = collectComplaints(page)
  await assertFitsInBothLanguages(page, portal.url, '/status')
  await page.goto(`${portal.url}/status`)
  await page.getByRole('listitem').filter({ hasText: 'smtpa' }).getByText('動いています').waitFor()
  await page.getByRole('img', { name: /smtpa.*記録があるのは2日.*95%/ }).waitFor()
  await page.getByText(/あと(?:1時間0|0時間59|0時間60)分/).waitFor()
  const progress = await page.getByRole('progressbar').getAttribute('value')
  assert.ok(Number(progress) >= 3_600_000)
  assert.deepEqual(complaints, [])
  await context.close()
})

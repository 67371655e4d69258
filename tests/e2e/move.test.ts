/** The move in a browser: the operator’s plan and dry run, the agent’s call list, the subscriber’s device, a helper. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { axeViolations, browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
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
  const { subscriber, stranger } = await addEverybody()
  await addUses(subscriber.id, subscriber.credential.id, { isOldHost: true, sign: 'serverName' })
  await addUses(stranger.id, stranger.credential.id, { isOldHost: false, sign: null })
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function addUses(mailboxId: number, credentialId: string, host: { isOldHost: boolean; sign: string | null }) {
  const { prisma } = await import('#lib/db/prisma.ts')
  for (let daysAgo = 12; daysAgo >= 0; daysAgo -= 3) {
    const at = new Date(Date.now() - daysAgo * 86_400_000)
    await prisma().hostUse.create({
      data: {
        ...{ mailboxId, credentialId, day: at, listener: 'pop3s', mechanism: 'USER/PASS', tls: true, ...host },
        ...{ count: 3, refusedCount: 0, firstAt: at, lastAt: at, clientName: '=Kumo Mail 7.0' },
      },
    })
  }
}

async function signedIn(login: string, viewport = NARROWEST): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await signIn(page, portal.url, login)
  return { context, page }
}

test('a subscriber sees the device that still has the old name, and the way to change it', { skip }, async () => {
  const { context, page } = await signedIn('taro@infonia.ne.jp')
  const complaints = collectComplaints(page)
  await assertFitsInBothLanguages(page, portal.url, '/home')
  await page.goto(`${portal.url}/home`)
  await page.getByRole('heading', { name: 'この機器はまだ古いサーバー名を使っています' }).waitFor()
  await page.getByText('受信サーバーが古い名前のままです。').waitFor()
  await page.goto(`${portal.url}/activity`)
  await page.getByRole('link', { name: '設定の変え方を見る' }).click()
  await page.waitForURL('**/guides')
  assert.deepEqual(complaints, [])
  await context.close()
  const other = await signedIn('hanako@infonia.ne.jp')
  assert.equal(await other.page.getByText('この機器はまだ古いサーバー名を使っています').count(), 0)
  await other.context.close()
})

test('an operator sees who would lose what, saves the list, and begins a wave', { skip }, async () => {
  const { context, page } = await signedIn('operator')
  const tomorrow = toJapanTime(new Date(Date.now() + 86_400_000))
  await assertFitsInBothLanguages(page, portal.url, `/operator/move?at=${tomorrow}&oldHost=refused`)
  await page.goto(`${portal.url}/operator/move`)
  await page.getByRole('img', { name: /この30日間の利用。今日は、古い名前 1件、新しい名前 1件/ }).waitFor()
  await page.getByLabel('これまでのサーバーの扱い').selectOption('refused')
  await page.getByRole('button', { name: '確かめる' }).click()
  await page.getByText('1個のメールボックスの1件が使えなくなります').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '全員の一覧を保存する' }).click(),
  ])
  const list = readFileSync(await download.path(), 'utf8')
  assert.match(list, /^\ufeff"address"/)
  assert.match(list, /"taro@infonia\.ne\.jp","test","","'=Kumo Mail 7\.0","receiving","oldHostServesNoMore"/)
  await page.getByLabel('始まる日時').fill(tomorrow)
  await page.getByLabel('変更の理由').last().fill('1割から始める')
  await page.getByLabel('対象の割合').fill('10')
  await page.getByRole('button', { name: '段階を加える' }).click()
  await page.getByText('すべてのドメイン の 10%').waitFor()
  await context.close()
})

test('an agent finds whom to call, writes down what came of it, and opens the customer', { skip }, async () => {
  const { context, page } = await signedIn('agent')
  await assertFitsInBothLanguages(page, portal.url, '/support/move?show=untouched')
  await page.goto(`${portal.url}/support/move?show=untouched`)
  const item = page.getByRole('listitem').filter({ hasText: 'taro@infonia.ne.jp' })
  await item.getByText('電話の記録をつける').click()
  await item.getByLabel('記録', { exact: true }).fill('夕方にかけ直す')
  await item.getByLabel('結果').selectOption('callAgain')
  await item.getByRole('button', { name: '記録する' }).click()
  await item.getByText('夕方にかけ直す').first().waitFor()
  await item.getByRole('button', { name: 'お客さまの画面を開く' }).click()
  await page.getByText('まだ古いサーバー名を使っている機器').waitFor()
  await context.close()
})

test('an owner invites a helper, who sees one password once, by a link that looking does not use up', {
  skip,
}, async () => {
  const { context, page } = await signedIn('taro@infonia.ne.jp')
  await page.goto(`${portal.url}/credentials`)
  await page.getByText('家族や知人に設定してもらう').click()
  await page.getByLabel('お願いする方の名前').fill('花子')
  await page.getByLabel('設定する機器の名前').fill('居間のパソコン')
  await page.getByRole('button', { name: 'リンクとコードを作る' }).click()
  await page.getByText('リンクとコードができました').waitFor()
  const link = (await page.locator('.typed', { hasText: '/setup/' }).first().textContent()) ?? ''
  await page.getByText('花子さんが「居間のパソコン」を設定できます').waitFor()
  assert.deepEqual(await axeViolations(page), [])
  const helper = await browser.newContext({ viewport: NARROWEST })
  const theirs = await helper.newPage()
  await assertFitsInBothLanguages(theirs, portal.url, new URL(link).pathname)
  await theirs.goto(link)
  await theirs.getByRole('button', { name: 'パスワードを表示する' }).click()
  await theirs.getByRole('heading', { name: 'パスワードを発行しました' }).waitFor()
  await theirs.goto(link)
  await theirs.getByRole('heading', { name: 'このリンクはもう使えません' }).waitFor()
  await helper.close()
  await page.goto(`${portal.url}/activity`)
  await page.getByText('招待された方による設定').waitFor()
  await page.getByText('花子').first().waitFor()
  await context.close()
})

test('an operator sends an announcement by mail, and pauses', { skip }, async () => {
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const id = await addPublicAnnouncement()
  const { context, page } = await signedIn('operator')
  await page.goto(`${portal.url}/operator/announcements/${id}`)
  await page.getByText('まだ送っていないメールボックス: 2件').waitFor()
  await page.getByLabel('今回送る数').fill('1')
  await page.getByRole('button', { name: 'この内容で送る' }).click()
  await page.getByText('1通のうち 0通を届けました。').waitFor()
  await page.getByRole('button', { name: '一時停止する' }).click()
  await page.getByText('一時停止', { exact: true }).waitFor()
  await assertFitsInBothLanguages(page, portal.url, `/operator/announcements/${id}`)
  await context.close()
})

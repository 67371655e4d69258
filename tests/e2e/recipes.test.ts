/** Recipes in a browser: by keyboard alone, by dragging, with faults, beside a script of another program. */
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

before(async () => {
  if (skip) return
  portal = await startPortal()
  await addEverybody()
  browser = await openBrowser()
  page = await browser.newPage({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', viewport: { width: 390, height: 844 } })
  await signIn(page, portal.url, logins.subscriber)
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

/** Tab until the named control has the focus: what cannot be reached so cannot be reached without a mouse. */
async function focusByKeyboard(name: string | RegExp): Promise<void> {
  for (let steps = 0; steps < 200; steps += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      const labels = (element as HTMLInputElement | null)?.labels
      return element?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element?.textContent ?? ''
    })
    if (typeof name === 'string' ? focused.trim() === name : name.test(focused)) return
  }
  assert.fail(`the keyboard does not reach ${name}`)
}

async function press(name: string | RegExp): Promise<void> {
  await focusByKeyboard(name)
  await page.keyboard.press('Enter')
}

const places = () => page.locator('main ol > li h2').allTextContents()

test('a recipe is made, tried, ordered and saved by keyboard alone', { skip }, async () => {
  const complaints = collectComplaints(page)
  await page.goto(`${portal.url}/recipes`)
  await press('白紙から作る')
  await focusByKeyboard('レシピの名前')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('友だち')
  await focusByKeyboard('文字')
  await page.keyboard.type('友子')
  await focusByKeyboard('フォルダー')
  await page.keyboard.type('友だち')
  await press('メーリングリストを振り分ける')
  assert.deepEqual(await places(), ['1. 友だち', '2. メーリングリストを振り分ける'])
  await page.locator('main h1').click()
  await press('「メーリングリストを振り分ける」を上へ')
  assert.deepEqual(await places(), ['1. メーリングリストを振り分ける', '2. 友だち'])
  await page.getByText('「メーリングリストを振り分ける」を1番目に移しました').waitFor({ state: 'attached' })

  await press('メールの原文を貼り付けて試す')
  await focusByKeyboard('メールの原文（ヘッダーと本文）')
  await page.keyboard.type('From: =?utf-8?B?5Y+L5a2Q?= <tomoko@example.net>\nSubject: hello\n\ntext')
  await press('貼り付けたメールで試す')
  const row = page.locator('tbody tr')
  await row.waitFor()
  assert.match((await row.textContent()) ?? '', /友子.*hello.*「友だち」に入る.*友だち/)
  assert.deepEqual(await axeViolations(page), [])

  await page.locator('main h1').click()
  await press('保存して使い始める')
  await page.getByText('いまの内容').waitFor()
  assert.deepEqual(complaints, [])

  const { prisma } = await import('#lib/db/prisma.ts')
  const [script] = await prisma().sieveScript.findMany()
  assert.ok(script?.isActive)
  assert.match(script.content, /fileinto :create "友だち";/)
})

test('a recipe is dragged to another place, forth and back', { skip }, async () => {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${portal.url}/recipes`)
  await page.getByRole('heading', { name: '2. 友だち' }).waitFor()
  const before = await places()
  assert.deepEqual(before, ['1. メーリングリストを振り分ける', '2. 友だち'])
  const item = (place: number) => page.locator('main ol > li').nth(place)
  await item(1).locator('[draggable=true]').dragTo(item(0))
  await page.getByText('「友だち」を1番目に移しました').waitFor({ state: 'attached' })
  assert.deepEqual(await places(), ['1. 友だち', '2. メーリングリストを振り分ける'])
  await item(0).locator('[draggable=true]').dragTo(item(1))
  await page.getByText('「友だち」を2番目に移しました').waitFor({ state: 'attached' })
  assert.deepEqual(await places(), before)
  await page.setViewportSize({ width: 390, height: 844 })
})

test('what is wrong is said at its field, and nothing is lost', { skip }, async () => {
  await page.goto(`${portal.url}/recipes`)
  await page.getByRole('button', { name: '携帯電話に転送する' }).click()
  await page.getByLabel('転送先のメールアドレス').fill('nobody')
  // The browser's own check of an e-mail field would stand in the way of ours.
  await page
    .locator('main form')
    .first()
    .evaluate((form: HTMLFormElement) => {
      form.noValidate = true
    })
  await page.getByRole('button', { name: '保存して使い始める' }).click()
  await page.locator('main [role=alert]').waitFor()
  assert.equal(await page.getByLabel('転送先のメールアドレス').getAttribute('aria-invalid'), 'true')
  assert.equal(await page.getByLabel('転送先のメールアドレス').inputValue(), 'nobody')
  assert.deepEqual(await axeViolations(page), [])
})

test('a script of another program is shown with its faults and never changed', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  const mailbox = await prisma().mailbox.findFirstOrThrow({ where: { address: logins.subscriber } })
  await prisma().sieveScript.updateMany({ data: { isActive: false } })
  const content = 'require "fileinto";\r\nfileinto "a;\r\n'
  await prisma().sieveScript.create({ data: { mailboxId: mailbox.id, name: 'mine', content, isActive: true } })
  await page.goto(`${portal.url}/recipes`)
  await page.getByText('ここのレシピは、いま使われていません').waitFor()
  await page.getByText(/^2行\d+文字目/).waitFor()
  await page.getByRole('button', { name: '保存して使い始める' }).click()
  await page.getByText('このスクリプトを有効にする').waitFor()
  const kept = await prisma().sieveScript.findFirstOrThrow({ where: { name: 'mine' } })
  assert.equal(kept.content, content)
  assert.equal(kept.isActive, false)
})

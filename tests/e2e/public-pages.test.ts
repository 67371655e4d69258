/** Every page that is open to everybody: in both languages, by day and by night, on a desk and a phone; also unscripted. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { eventually } from '#tests/support/eventually.ts'
import { assertFitsEverywhere } from '#tests/support/looks.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { pathOf } from '#tests/support/web-client.ts'

const directory = 'app/[locale]/(public)'

const pages = readdirSync(directory, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?:^|\/)page\.tsx$/.test(file))
  .map((file) => pathOf(`${directory}/${file}`))
  .sort()

let portal: TestPortal
let browser: Browser
let samples: Readonly<Record<string, string>>

before(async () => {
  if (browserMissing) return
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const { makeSetUpLink } = await import('#lib/accounts/index.ts')
  const { subscriber } = await addEverybody()
  const { token } = await makeSetUpLink(subscriber.actor, { credentialId: subscriber.credential.id })
  samples = {
    '[client]': 'becky-2-current',
    '[method]': 'pop-before-smtp',
    '[code]': 'P2',
    '[token]': token,
    '[id]': await addPublicAnnouncement(),
  }
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

/** With the key that the link of a letter has behind it. */
const sampleOf = (page: string) => `${page.replaceAll(/\[\w+\]/g, (name) => samples[name] ?? name)}#token`

describe('public pages', { skip: browserMissing }, () => {
  const { check } = matrix(
    'public-pages',
    'Public pages without a fault for axe, in both languages and themes, on a desk and a phone',
  )
  let tab: Page
  let complaints: string[]
  before(async () => {
    tab = await browser.newPage()
    complaints = collectComplaints(tab)
  })

  for (const page of pages) {
    for (const prefix of ['', '/en']) {
      check(
        `${prefix}${page}`,
        async () => {
          const response = await tab.goto(`${portal.url}${prefix}${sampleOf(page)}`)
          assert.equal(response?.status(), 200)
          await assertFitsEverywhere(tab)
          assert.deepEqual(complaints.splice(0), [])
        },
        4,
      )
    }
  }

  test('say the same without JavaScript', async () => {
    const unscripted = await browser.newPage({ javaScriptEnabled: false })
    for (const page of pages) {
      await unscripted.goto(`${portal.url}${sampleOf(page)}`)
      assert.equal(await unscripted.locator('h1:visible').count(), 1, page)
      const paragraphs = await unscripted.locator('main p:visible').count()
      assert.ok(paragraphs > 0, page)
    }
    await unscripted.close()
  })

  test('have the times of the zone that their reader is in', async () => {
    const timeZone = 'America/New_York'
    const page = await browser.newPage({ timezoneId: timeZone })
    const format = new Intl.DateTimeFormat('ja', { dateStyle: 'medium', timeStyle: 'short', timeZone })
    await page.goto(`${portal.url}/status`)
    await eventually(async () => {
      const [dayAndHour = ''] = format.format(new Date()).split(':')
      assert.match((await page.locator('main').textContent()) ?? '', new RegExp(`${dayAndHour}:\\d\\d`))
    })
    await page.close()
  })

  test('the notice of 2002 is all there without JavaScript', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
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
    await page.close()
  })

  test('the status page shows history, and a countdown while work is under way', async () => {
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
    const page = await browser.newPage()
    const complaints = collectComplaints(page)
    await page.goto(`${portal.url}/status`)
    await page.getByRole('listitem').filter({ hasText: 'smtpa' }).getByText('動いています').waitFor()
    await page.getByRole('img', { name: /smtpa.*記録があるのは2日.*95%/ }).waitFor()
    await page.getByText(/あと(?:1時間0|0時間59|0時間60)分/).waitFor()
    const progress = await page.getByRole('progressbar').getAttribute('value')
    assert.ok(Number(progress) >= 3_600_000)
    await assertFitsEverywhere(page)
    assert.deepEqual(complaints, [])
    await page.close()
  })
})

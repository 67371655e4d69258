/** Every page that is open to everybody: in both languages, by day and by night, on the narrowest phone; also unscripted. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { axeViolations, browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { pathOf } from '#tests/support/web-client.ts'

const NARROWEST = { width: 320, height: 640 }
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

const sampleOf = (page: string) => page.replaceAll(/\[\w+\]/g, (name) => samples[name] ?? name)

describe('public pages', { skip: browserMissing }, () => {
  const { check } = matrix('public-pages', 'Public pages without a fault for axe, in both languages and themes')
  for (const page of pages) {
    for (const prefix of ['', '/en']) {
      check(
        `${prefix}${page}`,
        async () => {
          const context = await browser.newContext({ viewport: NARROWEST, reducedMotion: 'reduce' })
          const tab = await context.newPage()
          const complaints = collectComplaints(tab)
          const response = await tab.goto(`${portal.url}${prefix}${sampleOf(page)}`)
          assert.equal(response?.status(), 200)
          for (const colorScheme of ['light', 'dark'] as const) {
            await tab.emulateMedia({ colorScheme })
            assert.deepEqual(await axeViolations(tab), [])
          }
          const overhang = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          assert.ok(overhang <= 0, `${overhang} px too wide`)
          assert.deepEqual(complaints, [])
          await context.close()
        },
        2,
      )
    }
  }

  test('say the same without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const tab = await context.newPage()
    for (const page of pages) {
      await tab.goto(`${portal.url}${sampleOf(page)}`)
      assert.equal(await tab.locator('h1:visible').count(), 1, page)
      const paragraphs = await tab.locator('main p:visible').count()
      assert.ok(paragraphs > 0, page)
    }
    await context.close()
  })
})

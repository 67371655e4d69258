/** Every page that is open to everybody: in both languages, by day and by night, on a desk and a phone; also unscripted. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
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

const sampleOf = (page: string) => page.replaceAll(/\[\w+\]/g, (name) => samples[name] ?? name)

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
})

/** What waits to go out: the operator's queue and the subscriber's sent messages, in a browser. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { assertFitsEverywhere } from '#tests/support/looks.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { withPerson } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing
let portal: TestPortal
let browser: Browser
let subscriber: { readonly id: number; readonly address: string }

const emptyPages = ['/sent', '/operator/queue']
const pages = [
  '/sent',
  '/en/sent',
  '/sent?show=failed',
  '/operator/queue',
  '/en/operator/queue',
  '/operator/queue?show=held',
]

before(async () => {
  if (skip) return
  portal = await startPortal()
  const { addEverybody } = await import('#tests/support/portal-people.ts')
  subscriber = (await addEverybody()).subscriber
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

function asSomebody(login: string, use: (page: Page) => Promise<void>): Promise<void> {
  return withPerson(browser, portal.url, login, use)
}

const loginFor = (path: string) => (path.includes('operator') ? 'operator' : subscriber.address)

async function assertFine(paths: readonly string[]): Promise<void> {
  for (const login of ['operator', subscriber.address]) {
    await asSomebody(login, async (page) => {
      const complaints = collectComplaints(page)
      for (const path of paths.filter((own) => loginFor(own) === login)) {
        await page.goto(`${portal.url}${path}`)
        await assertFitsEverywhere(page)
      }
      assert.deepEqual(complaints, [])
    })
  }
}

test('with nothing in the queue both pages say what will appear there', { skip }, async () => {
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/queue`)
    await page.getByText('送信待ちのメールはありません').waitFor()
  })
  await asSomebody(subscriber.address, async (page) => {
    await page.goto(`${portal.url}/sent`)
    await page.getByText('まだ送信の記録がありません').waitFor()
  })
  await assertFine(emptyPages)
})

test('full pages are accessible, and fit 320 px, in both languages', { skip }, async () => {
  const { addQueuedMessage } = await import('#tests/support/queued-message.ts')
  const later = { code: 450, status: '4.7.1', text: '4.7.1 <hanako@a-very-long-domain-name.example>: greylisted' }
  const no = { code: 550, status: '5.1.1', text: '5.1.1 no such person' }
  await addQueuedMessage(subscriber, [
    { address: 'hanako@a-very-long-domain-name-that-goes-on-and-on-and-on.example', reply: later },
    { address: 'jiro@elsewhere.test', state: 'FAILED', reply: no },
    { address: 'saburo@elsewhere.test', state: 'HELD' },
    { address: 'shiro@elsewhere.test', state: 'DELIVERED', reply: { code: 250, status: '2.0.0', text: 'ok' } },
  ])
  await assertFine(pages)
})

test('the operator holds and releases, and never sees to whom it goes', { skip }, async () => {
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/queue`)
    assert.doesNotMatch(await page.content(), /hanako|saburo/)
    const item = page.getByRole('listitem').filter({ hasText: 'h•••@' })
    await item.getByText('保留する', { exact: false }).first().click()
    await item.getByLabel('理由').first().fill('受付番号 7')
    await item.getByRole('button', { name: '保留する' }).click()
    await item.getByRole('button', { name: '配達を再開する' }).click()
    await item.getByText('保留する', { exact: false }).first().waitFor()
    await page.getByRole('button', { name: 'すぐに試す' }).first().click()
    await page.getByText('件をいま試します。').waitFor()
  })
})

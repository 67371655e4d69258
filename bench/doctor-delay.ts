/** From the refusal that a mail program hears to the sentence of the doctor on a page that is open. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { browserMissing, openBrowser } from '#tests/support/browser.ts'
import { type RunningService, startService } from '#tests/support/service.ts'
import { plainResponse } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'
import { percentile } from './statistics.ts'

/** Fewer than the page shows at the most. */
const ATTEMPTS = 15
/** Longer than the page's turn, and never the same place in it. */
const PAUSE_MS = 900

const sentences = (page: Page) => page.getByText('あなたの番号のもの')

async function refusedLogin({ addresses, authorityFile }: RunningService, username: string): Promise<number> {
  const client = await WireClient.connectTls({ port: addresses.submissions.port }, authorityFile)
  await client.reply()
  await client.command('EHLO client.example')
  await client.command(`AUTH PLAIN ${plainResponse(username, 'not my password')}`)
  const refusedAt = performance.now()
  client.close()
  return refusedAt
}

async function measureDelays(service: RunningService, page: Page): Promise<number[]> {
  await page.goto(`${service.addresses.portal}/doctor`)
  await page.getByRole('button', { name: '番号を出す' }).click()
  const username = (await page.locator('dl .typed').first().textContent()) ?? ''
  const delays: number[] = []
  for (let number = 0; number < ATTEMPTS; number += 1) {
    await delay(PAUSE_MS * (1 + Math.random()))
    const shown = sentences(page)
      .nth(number)
      .waitFor()
      .then(() => performance.now())
    const refusedAt = await refusedLogin(service, username)
    delays.push((await shown) - refusedAt)
  }
  return delays
}

async function measureWithBrowser(): Promise<number[]> {
  if (browserMissing) throw new Error(browserMissing)
  const service = await startService()
  const browser = await openBrowser()
  try {
    return await measureDelays(service, await browser.newPage({ locale: 'ja-JP' }))
  } finally {
    await browser.close()
    await service.stop()
  }
}

const delays = await measureWithBrowser()
const [half, most] = [percentile(delays, 0.5), percentile(delays, 0.95)]
console.log(
  `${ATTEMPTS} attempts, from the refusal to the sentence: median ${half?.toFixed(0)} ms, 95 % ${most?.toFixed(0)} ms`,
)
process.exit(0)

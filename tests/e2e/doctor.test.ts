/** The doctor, live: what a mail program does appears as a sentence in a page that is open, for a visitor and a subscriber. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { assertFitsEverywhere } from '#tests/support/looks.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'
import { type RunningService, startService } from '#tests/support/service.ts'
import { plainResponse, smtpClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

describe('the doctor', { skip: browserMissing }, () => {
  let service: RunningService
  let browser: Browser

  before(async () => {
    service = await startService()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await service?.stop()
  })

  const doctor = (path = '') => `${service.addresses.portal}${path}/doctor`

  async function inBrowser(use: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
    try {
      await use(await context.newPage())
    } finally {
      await context.close()
    }
  }

  async function tryToLogIn(username: string, password: string): Promise<void> {
    const client = await WireClient.connectTls({ port: service.addresses.submissions.port }, service.authorityFile)
    await client.reply()
    await client.command('EHLO client.example')
    await client.command(`AUTH PLAIN ${plainResponse(username, password)}`)
    client.close()
  }

  async function signedIn(page: Page, popBeforeSmtp: boolean) {
    const account = service.accounts.find((one) => one.role === 'subscriber' && one.popBeforeSmtp === popBeforeSmtp)
    const credential = account?.credentials.find(({ scopes }) => scopes.includes('pop'))
    assert.ok(account?.mailbox && credential)
    await signIn(page, service.addresses.portal, account.portalLogin, account.portalPassword)
    return { address: account.mailbox, credential }
  }

  it('tells a visitor by a code how far the mail program got', async () => {
    await inBrowser(async (page) => {
      const complaints = collectComplaints(page)
      await page.goto(doctor())
      await page.getByText('まだ何も届いていません').waitFor()
      await assertFitsEverywhere(page)
      await page.getByRole('button', { name: '番号を出す' }).click()
      const userName = (await page.locator('dl .typed').first().textContent()) ?? ''
      assert.match(userName, /^check-[a-z2-9]{6}$/)
      await tryToLogIn(userName, 'not my password')
      await page.getByText('サーバーまで届き、パスワードを尋ねるところまで進みました').waitFor()
      await page.getByText('あなたの番号のもの').first().waitFor()
      await assertFitsEverywhere(page)
      await page.goto(doctor('/en'))
      await page.getByText('Your program reached the server').waitFor()
      await assertFitsEverywhere(page)
      assert.deepEqual(complaints, [])
    })
  })

  it('tells a subscriber which field to change, and until when sending is open', async () => {
    await inBrowser(async (page) => {
      const complaints = collectComplaints(page)
      const { address, credential } = await signedIn(page, true)
      await page.goto(doctor())
      await page.getByText('いまは送信できません').waitFor()
      const client = await smtpClient(service.addresses.smtp.port)
      await client.command(`MAIL FROM:<${address}>`)
      await client.command('AUTH LOGIN')
      client.close()
      await page.getByText('で SMTP AUTH を使おうとしました').waitFor()
      await page.getByText('からの送信をお断りしました').waitFor()
      await readByPop(credential)
      await page.getByText(/\d{1,2}:\d\d:\d\d まで送信できます/).waitFor()
      await assertFitsEverywhere(page)
      assert.deepEqual(complaints, [])
    })
  })

  async function readByPop({ username, password }: { username: string; password: string }): Promise<void> {
    const wire = await WireClient.connectTls({ port: service.addresses.pop3s.port }, service.authorityFile)
    const client = new Pop3Client(wire)
    await client.line()
    await client.ask(`USER ${username}`)
    assert.match(await client.ask(`PASS ${password}`), /^\+OK/)
    await client.quit()
  }
})

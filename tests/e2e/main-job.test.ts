/**
 * The main job, end to end: a subscriber signs in, issues a password, types what the page shows into a real mail
 * client, sends through smtpa, reads through pop, and sees the use recorded. And the same by POP before SMTP.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Browser, Locator, Page } from 'playwright-core'
import { browserMissing, openBrowser } from '#tests/support/browser.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'
import { type RunningService, startService } from '#tests/support/service.ts'

const run = promisify(execFile)

describe('the main job', { skip: browserMissing }, () => {
  let service: RunningService
  let browser: Browser
  let page: Page

  before(async () => {
    service = await startService()
    browser = await openBrowser()
    page = await browser.newPage({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
  })
  after(async () => {
    await browser.close()
    await service.stop()
  })

  function subscriber(popBeforeSmtp: boolean) {
    const found = service.accounts.find(
      (account) => account.role === 'subscriber' && account.popBeforeSmtp === popBeforeSmtp,
    )
    assert.ok(found?.mailbox)
    return { ...found, mailbox: found.mailbox }
  }

  /** The record is written a moment after the mail client was answered. */
  async function shows(path: string, what: Locator): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) {
      await page.goto(`${service.addresses.portal}${path}`)
      if ((await what.count()) > 0) return
    }
    assert.fail(`${path} does not show it: ${await page.locator('main').textContent()}`)
  }

  async function shownValue(label: string): Promise<string> {
    const row = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) })
    return ((await row.locator('.typed').first().textContent()) ?? '').trim()
  }

  async function issue(label: string): Promise<{ username: string; password: string }> {
    await page.goto(`${service.addresses.portal}/credentials/new`)
    await page.getByLabel('お使いのメールソフト').selectOption('thunderbird')
    await page.getByLabel('このパスワードの名前').fill(label)
    await page.getByRole('button', { name: '発行する' }).click()
    await page.getByRole('heading', { name: 'パスワードを発行しました' }).waitFor()
    assert.equal(await shownValue('送信サーバー（SMTP）'), 'smtpa.infonia.ne.jp')
    return { username: await shownValue('ユーザー名'), password: await shownValue('パスワード') }
  }

  /** curl as the mail client: it connects to the names that the page shows, which lead to this machine here. */
  async function mailClient(host: string, endpoint: { port: number; tls: string }, args: string[]): Promise<string> {
    const scheme = args.includes('-T') ? 'smtp' : 'pop3'
    const url = `${scheme}${endpoint.tls === 'implicit' ? 's' : ''}://${host}:${endpoint.port}/1`
    const tls = endpoint.tls === 'starttls' ? ['--ssl-reqd'] : []
    const route = ['--resolve', `${host}:${endpoint.port}:127.0.0.1`, '--cacert', service.authorityFile]
    const { stdout } = await run('curl', ['-sS', ...tls, ...route, '--url', url, ...args])
    return stdout
  }

  function messageFile(from: string, to: string, subject: string): string {
    const file = join(dirname(service.authorityFile), `${subject}.eml`)
    writeFileSync(file, `From: <${from}>\r\nTo: <${to}>\r\nSubject: ${subject}\r\n\r\nhello\r\n`)
    return file
  }

  it('sends through smtpa and reads through pop with a password issued in the portal, and shows the use', async () => {
    const { portalLogin, portalPassword, mailbox } = subscriber(false)
    await signIn(page, service.addresses.portal, portalLogin, portalPassword)
    const { username, password } = await issue('居間のパソコン')
    const login = ['-u', `${username}:${password}`]
    const envelope = ['--mail-from', mailbox, '--mail-rcpt', mailbox]
    const text = ['-T', messageFile(mailbox, mailbox, 'by-smtp-auth')]
    await mailClient('smtpa.infonia.ne.jp', service.addresses.submissions, [...login, ...envelope, ...text])
    const read = await mailClient('pop.infonia.ne.jp', service.addresses.pop3s, login)
    assert.match(read, /Subject: by-smtp-auth\r\n\r\nhello/)

    await shows('/credentials', page.locator('li').filter({ hasText: '居間のパソコン' }).getByText('127.0.0.1 から'))
    assert.ok(!(await page.content()).includes(password))
    await shows('/activity', page.getByText('smtpa.infonia.ne.jp'))
  })

  it('ends the password at once when it is revoked', async () => {
    const { username, password } = await issue('なくした電話')
    await page.goto(`${service.addresses.portal}/credentials`)
    const card = page.locator('li').filter({ hasText: 'なくした電話' })
    await card.getByText('取り消す', { exact: true }).first().click()
    await card.getByRole('button', { name: '取り消す' }).last().click()
    await page.getByText('使えなくなったパスワード').waitFor()
    const refused = mailClient('pop.infonia.ne.jp', service.addresses.pop3s, ['-u', `${username}:${password}`])
    await assert.rejects(refused, /curl: \(67\) Login denied/)
  })

  it('lets a subscriber of POP before SMTP receive first and then send through smtp', async () => {
    const hanako = subscriber(true)
    const [credential] = hanako.credentials
    assert.ok(credential)
    const envelope = ['--mail-from', hanako.mailbox, '--mail-rcpt', hanako.mailbox]
    const text = ['-T', messageFile(hanako.mailbox, hanako.mailbox, 'by-pop-before-smtp')]
    const send = () => mailClient('smtp.infonia.ne.jp', service.addresses.smtp, [...envelope, ...text])
    await assert.rejects(send, /530/)
    const login = ['-u', `${credential.username}:${credential.password}`]
    await assert.rejects(mailClient('pop.infonia.ne.jp', service.addresses.pop3s, login)) // no message 1 yet, but a login
    await send()
    const read = await mailClient('pop.infonia.ne.jp', service.addresses.pop3s, login)
    assert.match(read, /Subject: by-pop-before-smtp\r\n/)
    assert.match(read, /authorized by POP before SMTP/)
  })

  it('hands out the certificate of its own authority', async () => {
    const answer = await fetch(`${service.addresses.portal}/ca.crt`)
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /BEGIN CERTIFICATE/)
  })
})

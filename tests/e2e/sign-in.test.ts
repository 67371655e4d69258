/** Ways to sign in and ways back in, as a person goes them: in chromium with a virtual authenticator. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { generate } from 'otplib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { artifactPath } from '#tests/support/artifacts.ts'
import { axeViolations, browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { portalPassword } from '#tests/support/password.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { addAuthenticator, enterPassword, signIn } from '#tests/support/portal-sign-in.ts'

describe('ways to sign in', { skip: browserMissing }, () => {
  let portal: TestPortal
  let browser: Browser
  let page: Page
  let secret: string
  let codes: string[]

  before(async () => {
    portal = await startPortal()
    const { addEverybody } = await import('#tests/support/portal-people.ts')
    await addEverybody()
    browser = await openBrowser()
    page = await newPage()
  })
  after(async () => {
    await browser.close()
    await portal.stop()
  })

  async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context: BrowserContext = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', ...options })
    return context.newPage()
  }

  async function look(name: string): Promise<void> {
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [320, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)))
      assert.deepEqual(await axeViolations(page), [])
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(overhang <= 0, `${page.url()} is ${overhang} px too wide`)
      await page.screenshot({ path: artifactPath(`sign-in-${name}-${width}.png`), fullPage: true })
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  async function invitation() {
    const { prisma } = await import('#lib/db/prisma.ts')
    const token = randomBytes(32).toString('base64url')
    const { login } = await prisma().staffInvitation.create({
      data: {
        ...{ login: 'sato', mailAddress: 'sato@example.net', displayName: '佐藤', role: 'AUDITOR' },
        tokenHash: createHash('sha256').update(token).digest(),
        invitedBy: crypto.randomUUID(),
        expiresAt: new Date(Date.now() + 600_000),
      },
    })
    return { token, login }
  }

  async function signOut(): Promise<void> {
    await page.getByRole('button', { name: 'ログアウト' }).first().click()
    await page.waitForURL('**/sign-in?signedOut=1')
  }

  it('a subscriber registers a passkey and signs in with it', async () => {
    const complaints = collectComplaints(page)
    await addAuthenticator(page)
    await signIn(page, portal.url, logins.subscriber)
    await page.goto(`${portal.url}/security`)
    await look('security')
    await page.getByRole('button', { name: 'パスキーを登録する' }).click()
    await page.getByText('パスキーを登録しました').waitFor()
    await signOut()
    await look('page')
    await page.getByRole('button', { name: 'パスキーでログインする' }).click()
    await page.waitForURL('**/home')
    assert.deepEqual(complaints, [])
  })

  it('registers an authenticator app and recovery codes', async () => {
    await page.goto(`${portal.url}/security`)
    await page.getByRole('button', { name: '認証アプリを登録する' }).click()
    await page.getByRole('img', { name: '認証アプリに登録するためのQRコード' }).waitFor()
    await look('app')
    secret = ((await page.locator('section:has(#app) .typed').first().textContent()) ?? '').replaceAll(' ', '')
    await page.getByLabel('アプリに表示された6桁').fill(await generate({ secret }))
    await page.getByRole('button', { name: '登録を終える' }).click()
    await page.getByText('使っています', { exact: true }).waitFor()
    await page.getByRole('button', { name: '予備コードを発行する' }).click()
    await page.getByText('10個の予備コードを発行しました').waitFor()
    await look('codes')
    codes = await page.locator('section:has(#recovery-codes) li.typed').allTextContents()
    assert.equal(codes.length, 10)
    await signOut()
  })

  it('signs in with password and code', async () => {
    page = await newPage()
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().authenticatorApp.updateMany({ data: { lastStep: 0 } })
    await page.goto(`${portal.url}/sign-in`)
    await enterPassword(page, logins.subscriber)
    await page.waitForURL('**/sign-in/second-step')
    await look('second-step')
    await page.getByLabel('認証アプリのコード').fill(await generate({ secret }))
    await page.locator('main').getByRole('button', { name: 'ログインする', exact: true }).click()
    await page.waitForURL('**/home')
    await signOut()
  })

  it('signs in with password and a recovery code, once', async () => {
    const [code = ''] = codes
    for (const isGood of [true, false]) {
      await page.goto(`${portal.url}/sign-in`)
      await enterPassword(page, logins.subscriber)
      await page.waitForURL('**/sign-in/second-step')
      await page.getByText('端末が手元にないとき').click()
      await page.getByLabel('予備コード').fill(code)
      await page.getByRole('button', { name: '予備コードでログインする' }).click()
      if (!isGood) await page.getByText('コードが合いません').waitFor()
      else {
        await page.waitForURL('**/home')
        await signOut()
      }
    }
  })

  it('somebody who is invited chooses a password, and comes in with it once; from then on with a passkey', async () => {
    const { token, login } = await invitation()
    page = await newPage()
    await page.goto(`${portal.url}/invited#${token}`)
    await page.getByLabel('これから使うパスワード').fill(`${login} ${login} ${login}`)
    await page.getByRole('button', { name: 'このパスワードにする' }).click()
    await page.getByText('ほかの人に見破られやすいため使えません').waitFor()
    await look('invited')
    await page.getByLabel('これから使うパスワード').fill(portalPassword)
    await page.getByRole('button', { name: 'このパスワードにする' }).click()
    await page.getByRole('link', { name: 'ログインする' }).last().click()
    await page.waitForURL('**/sign-in')
    await enterPassword(page, login)
    await page.waitForURL('**/first-passkey')
    await look('first-passkey')
    await addAuthenticator(page)
    await page.getByRole('button', { name: 'パスキーを登録する' }).click()
    await page.waitForURL('**/operator/audit')
    await signOut()
    await page.getByRole('button', { name: 'パスキーでログインする' }).click()
    await page.waitForURL('**/operator/audit')
    await signOut()
    await page.goto(`${portal.url}/sign-in`)
    await enterPassword(page, login)
    await page.waitForURL('**/sign-in/second-step')
    await look('second-step-of-staff')
  })

  it('on a trial machine staff may put it off for a session', async () => {
    page = await newPage()
    await page.goto(`${portal.url}/en/sign-in`)
    await page.locator('input[name=login]').fill(logins.agent)
    await page.locator('input[type=password]').fill(portalPassword)
    await page.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL('**/en/first-passkey')
    await look('first-passkey-en')
    await page.getByRole('button', { name: 'Go on without one for this session' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith('/first-passkey'))
    await page.goto(`${portal.url}/en/support`)
    assert.equal(await page.locator('h1').count(), 1)
    assert.equal(new URL(page.url()).pathname, '/en/support')
  })

  it('a forgotten password is asked for on a page that says the same to everybody', async () => {
    page = await newPage()
    await page.goto(`${portal.url}/sign-in`)
    await page.getByRole('link', { name: 'パスワードを忘れた方' }).click()
    await page.waitForURL('**/recover')
    await look('recover')
    const answers: string[] = []
    for (const login of [logins.subscriber, 'nobody@infonia.ne.jp']) {
      await page.goto(`${portal.url}/recover`)
      await page.locator('input[name=login]').fill(login)
      await page.getByRole('button', { name: '案内を送る' }).click()
      await page.getByText('登録されていれば').waitFor()
      answers.push((await page.locator('main').textContent()) ?? '')
    }
    assert.equal(answers[0], answers[1])
    await look('recover-asked')
    await page.goto(`${portal.url}/recover/password#x`)
    await look('recover-password')
    await page.goto(`${portal.url}/en/recover/address#x`)
    await look('recover-address-en')
  })
})

/** A forgotten password, from registering a second address to signing in with the new one, in a browser. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { logins } from '#tests/support/portal-logins.ts'
import { enterPassword, signIn } from '#tests/support/portal-sign-in.ts'

const newPassword = '新しい password of mine'

describe('recovery by the second address', { skip: browserMissing }, () => {
  let portal: TestPortal
  let browser: Browser
  let page: Page

  before(async () => {
    portal = await startPortal()
    const { addEverybody } = await import('#tests/support/portal-people.ts')
    await addEverybody()
    browser = await openBrowser()
    page = await browser.newPage({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
  })
  after(async () => {
    await browser.close()
    await portal.stop()
  })

  /** Does what an engine worker does. @returns the link in the one letter that it sent, and where to */
  async function letter(): Promise<{ to: string; link: string }> {
    const { answerRecovery } = await import('#lib/engine/recovery/answer-recovery.ts')
    const { openDatabase } = await import('#lib/db/database.ts')
    const { secretsEnv } = await import('#lib/env/secrets.ts')
    const { siteEnv } = await import('#lib/env/site.ts')
    const sent: { to: string; link: string }[] = []
    const database = openDatabase(portal.databaseUrl, 2)
    await answerRecovery({
      database,
      masterKey: secretsEnv().masterKey,
      site: siteEnv(),
      portalUrl: portal.url,
      phoneGateway: { send: () => assert.fail('nobody asked for a call') },
      resolveRecipient: async () => ({ kind: 'remote', domain: 'example.net' }),
      async sendOwn(_transaction, { recipients, content }) {
        const [, text = ''] = content.toString().split('\r\n\r\n')
        const link = /http\S+#\S+/.exec(Buffer.from(text, 'base64').toString())?.[0] ?? ''
        sent.push({ to: recipients[0]?.address ?? '', link })
        return () => {}
      },
    })
    await database.close()
    assert.equal(sent.length, 1)
    return sent[0] ?? assert.fail()
  }

  it('works, once, and only with an address that its reader agreed to a day ago', async () => {
    const complaints = collectComplaints(page)
    await signIn(page, portal.url, logins.stranger)
    await page.goto(`${portal.url}/security`)
    await page.getByLabel('予備にするメールアドレス').fill('family@example.net')
    await page.getByRole('button', { name: '確認のメールを送る' }).click()
    await page.getByText('確認のメールを送りました').waitFor()
    const asked = await letter()
    assert.equal(asked.to, 'family@example.net')
    await page.goto(asked.link)
    await page.getByRole('button', { name: 'このアドレスを予備にする' }).click()
    await page.getByText('確認しました', { exact: true }).waitFor()

    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().$executeRaw`UPDATE recovery_addresses SET verified_at = now() - interval '25 hours'`
    await page.context().clearCookies()
    await page.goto(`${portal.url}/recover`)
    await page.locator('input[name=login]').fill(logins.stranger)
    await page.getByRole('button', { name: '案内を送る' }).click()
    await page.getByText('登録されていれば').waitFor()
    const { link } = await letter()
    await page.goto(link)
    await page.getByLabel('新しいパスワード', { exact: true }).fill(newPassword)
    await page.getByRole('button', { name: 'このパスワードにする' }).click()
    await page.getByText('新しいパスワードに変わりました').waitFor()
    await page.locator('main').getByRole('link', { name: 'ログインする' }).click()
    await page.waitForURL('**/sign-in')
    await enterPassword(page, logins.stranger, newPassword)
    await page.waitForURL('**/home')

    await page.goto(`${portal.url}/home`)
    await page.goto(link)
    await page.reload()
    await page.getByLabel('新しいパスワード', { exact: true }).fill('another password')
    await page.getByRole('button', { name: 'このパスワードにする' }).click()
    await page.getByText('このリンクは使えません').waitFor()
    assert.deepEqual(complaints, [])
  })
})

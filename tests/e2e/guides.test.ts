/** The public pages that people read when mail has stopped: guides, the compatibility table, help by code. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { languages } from '#lib/guides/bilingual.ts'
import { catalogue } from '#lib/guides/catalogue.ts'
import { helpCodes } from '#lib/guides/help-codes.ts'
import { recommendedMethod } from '#lib/guides/methods.ts'
import { noticeRows } from '#lib/guides/notice-table.ts'
import { browserMissing, collectComplaints, openBrowser } from '#tests/support/browser.ts'
import { assertFitsEverywhere } from '#tests/support/looks.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startPortal, type TestPortal } from '#tests/support/portal.ts'
import { signIn } from '#tests/support/portal-sign-in.ts'

const skip = browserMissing
let portal: TestPortal
let browser: Browser

before(async () => {
  if (skip) return
  portal = await startPortal()
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.stop()
})

async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options)
  try {
    await use(await context.newPage())
  } finally {
    await context.close()
  }
}

async function textOf(page: Page): Promise<string> {
  return (await page.getByRole('main').textContent()) ?? ''
}

/** What `public-pages.test.ts` does not look at: programs that differ in what their guides have. */
const paths = [
  '/guides?name=zzz',
  '/guides/thunderbird',
  '/guides/thunderbird/pop-before-smtp',
  '/guides/outlook-new',
  '/guides/outlook-classic',
  '/guides/apple-mail-macos',
  '/guides/apple-mail-ios',
  '/guides/outlook-express-6-0',
  '/guides/sweet-mail-2-2',
  '/guides/mutt-neomutt?receive=imap',
]

for (const prefix of ['', '/en']) {
  test(`accessible, complete and no wider than the screen: ${prefix || '/ja'}`, { skip }, async () => {
    await withPage({}, async (page) => {
      const complaints = collectComplaints(page)
      for (const path of paths) {
        const response = await page.goto(`${portal.url}${prefix}${path}`)
        assert.equal(response?.status(), 200, path)
        await assertFitsEverywhere(page)
      }
      assert.deepEqual(complaints, [])
    })
  })
}

test('without JavaScript: the table has the 36 rows of the notice and its reasons open', { skip }, async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${portal.url}/compatibility`)
    const names = await page.locator('[data-notice-name]').allTextContents()
    assert.deepEqual(
      names,
      noticeRows.map(({ name }) => name),
    )
    const reason = page.getByText('2003年の他社の一覧（omakase.jp）でも 1.13 以降が確認済みです。')
    assert.equal(await reason.isVisible(), false)
    await page.locator('#al-mail32-1-13 summary').click()
    assert.equal(await reason.isVisible(), true)
  })
})

test('without JavaScript: half-width kana find a client, and its guide shows the three hosts', { skip }, async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${portal.url}/guides`)
    await page.getByRole('searchbox').fill('ｻﾝﾀﾞｰﾊﾞｰﾄﾞ')
    await page.getByRole('button', { name: '探す' }).click()
    assert.equal(await page.getByRole('status').textContent(), '2件見つかりました')
    await page.getByRole('link', { name: 'Mozilla Thunderbird' }).first().click()
    await page.waitForURL('**/guides/thunderbird')
    const text = await textOf(page)
    for (const host of ['mx.infonia.ne.jp', 'pop.infonia.ne.jp', 'smtpa.infonia.ne.jp']) {
      assert.ok(text.includes(host), host)
    }
    await page.getByRole('link', { name: /POP before SMTP で送る/ }).click()
    await page.waitForURL('**/guides/thunderbird/pop-before-smtp')
    assert.match(await textOf(page), /smtp\.infonia\.ne\.jp.*受信してから10分以内に送信します/s)
  })
})

test('host names are never broken across lines, even on the narrowest screen', { skip }, async () => {
  await withPage({ viewport: { width: 320, height: 700 } }, async (page) => {
    await page.goto(`${portal.url}/guides/outlook-express-6-0`)
    const broken = await page
      .locator('main .typed.whitespace-nowrap')
      .evaluateAll((elements) =>
        elements.filter((element) => element.getClientRects().length > 1).map(({ textContent }) => textContent),
      )
    assert.deepEqual(broken, [])
  })
})

test('the short address of every refusal leads to its page', { skip }, async () => {
  for (const code of helpCodes) {
    const response = await fetch(`${portal.url}/g/${code}`, { headers: { 'Accept-Language': 'en' } })
    assert.equal(response.status, 200, code)
    assert.equal(new URL(response.url).pathname, `/en/help/${code}`)
    assert.match(await response.text(), /What to do next/)
  }
})

describe('every client of the catalogue', { skip }, () => {
  const { check } = matrix(
    'guide-pages',
    'Mail programs with a guide: each as a page and as plain text, in both languages',
  )
  for (const client of catalogue) {
    for (const language of languages) {
      check(`${client.id} ${language}`, async () => {
        const page = `${portal.url}${language === 'ja' ? '' : '/en'}/guides/${client.id}`
        const response = await fetch(page)
        assert.equal(response.status, 200)
        const html = await response.text()
        const title = client.name[language].replaceAll('&', '&amp;')
        assert.ok(html.includes(title) && html.includes(`/g/${client.id}`), 'its name and its short address')
        const plain = await fetch(`${page}/${recommendedMethod(client)}/plain`)
        assert.equal(plain.headers.get('content-type'), 'text/plain; charset=utf-8')
        const text = await plain.text()
        assert.ok(text.includes(client.name[language]) && text.includes('pop.infonia.ne.jp'))
        assert.doesNotMatch(text, /\{\w+\}|undefined|(?<!\r)\n/)
      })
    }
  }
})

test('an address that a visitor types stays on the page: nothing sends it, nothing keeps it', { skip }, async () => {
  await withPage({}, async (page) => {
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    await page.goto(`${portal.url}/guides/postpet-2-0-windows`)
    const field = page.locator('input[type=email]')
    await field.fill('Typed.Person@infonia.ne.jp')
    await page.getByText('Typed.Person@pop.infonia.ne.jp', { exact: true }).waitFor()
    await page.getByRole('link', { name: '対応メールソフト一覧を見る' }).click()
    await page.waitForURL('**/compatibility')
    assert.deepEqual(
      sent.filter((request) => /typed|person/i.test(decodeURIComponent(request))),
      [],
    )
    const kept = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
    )
    assert.doesNotMatch(kept, /typed/i)
  })
})

test('the code on paper leads to the guide and the method that was printed', { skip }, async () => {
  for (const [code, path] of [
    ['thunderbird', '/guides/thunderbird'],
    ['thunderbird-pbs', '/guides/thunderbird/pop-before-smtp'],
  ]) {
    assert.equal(new URL((await fetch(`${portal.url}/g/${code}`)).url).pathname, path)
  }
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${portal.url}/guides/thunderbird/pop-before-smtp`)
    await page.emulateMedia({ media: 'print' })
    const code = page.getByRole('img', { name: `QRコード: ${portal.url}/g/thunderbird-pbs` })
    assert.equal(await code.isVisible(), true, 'on paper too')
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('link', { name: '文字だけのページを開く' }).click()
    assert.match(await page.content(), /受信してから10分以内に送信します/)
  })
})

test('what does not exist is not found; a way of sending that cannot work leads to the one that does', {
  skip,
}, async () => {
  for (const path of ['/guides/no-such-client', '/guides/thunderbird/uucp', '/help/Z9']) {
    assert.equal((await fetch(`${portal.url}${path}`)).status, 404, path)
  }
  const response = await fetch(`${portal.url}/guides/postpet-2-0-windows/smtp-auth`)
  assert.equal(new URL(response.url).pathname, '/guides/postpet-2-0-windows')
})

test('a signed-in subscriber sees their own user name in the form of the client, and never a password', {
  skip,
}, async () => {
  const { addSubscriber } = await import('#tests/support/people.ts')
  const { issueCredential } = await import('#lib/accounts/index.ts')
  const hanako = await addSubscriber('hanako', false)
  const taro = await addSubscriber('taro', false)
  const { credential, password } = await issueCredential(hanako.actor, {
    mailboxId: hanako.id,
    label: 'old computer',
    clientId: 'eudora-5-1j',
    scopes: ['submission', 'pop'],
    expiresAt: null,
  })
  await withPage({}, async (page) => {
    await signIn(page, portal.url, hanako.address)
    await page.goto(`${portal.url}/guides/eudora-5-1j`)
    const text = await textOf(page)
    assert.ok(text.includes(`${credential.username}@infonia.ne.jp`), '※1: the user name needs the domain')
    assert.ok(!(await page.content()).includes(password))
    await page.goto(`${portal.url}/guides/thunderbird`)
    assert.match(await textOf(page), /まだ発行されていません/)
    await page.getByRole('button', { name: '動作した', exact: true }).click()
    await page.getByText('報告を受け付けました').waitFor()
    await page.goto(`${portal.url}/guides/eudora-5-1j?mailbox=${taro.id}`)
    const other = await textOf(page)
    assert.ok(other.includes(hanako.address) && !other.includes(taro.address), 'somebody else’s mailbox')
  })
})

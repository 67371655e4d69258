/** Mailboxes that move here: the operator's board and the subscriber's own page, in a browser. */
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

async function assertFine(login: string, paths: readonly string[]): Promise<void> {
  await asSomebody(login, async (page) => {
    const complaints = collectComplaints(page)
    for (const path of paths) {
      await page.goto(`${portal.url}${path}`)
      await assertFitsEverywhere(page)
    }
    assert.deepEqual(complaints, [])
  })
}

test('with nothing to move both pages say what will appear there', { skip }, async () => {
  await assertFine('operator', ['/operator/migration'])
  await asSomebody(subscriber.address, async (page) => {
    await page.goto(`${portal.url}/migration`)
    await page.getByText('いま移せるサーバーはありません').waitFor()
  })
})

test('an operator adds a source and starts a batch; faulty lines are told', { skip }, async () => {
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/migration`)
    await page.getByLabel('名前', { exact: true }).fill('いままでのサーバー（mx）')
    await page.getByLabel('サーバーの名前').fill('mx.infonia.ne.jp')
    await page.getByLabel('ユーザー名の形').fill('{login}*migrator')
    await page.locator('input[name=masterPassword]').fill('master-secret')
    await page.getByRole('button', { name: '登録する' }).click()
    await page.getByText('mx.infonia.ne.jp').waitFor()
    await page.getByLabel('メールボックスの一覧').fill(`${subscriber.address}\nnobody@infonia.ne.jp\nwhat\n`)
    await page.getByRole('button', { name: '移行を始める' }).click()
    await page.getByText('1個のメールボックスの移行を始めました').waitFor()
    await page.getByText('2行目「nobody@infonia.ne.jp」').waitFor()
    await page.getByText('3行目「what」').waitFor()
    assert.doesNotMatch(await page.content(), /master-secret/)
  })
})

test('the board follows a job, and its buttons change it', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().migrationJob.updateMany({
    data: {
      state: 'RUNNING',
      folderName: '受信箱',
      messagesFound: 1_200,
      messagesCopied: 300,
      bytesCopied: 30_000_000,
    },
  })
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/migration`)
    await page.getByText('1,200通のうち300通').first().waitFor()
    await prisma().migrationJob.updateMany({ data: { messagesCopied: 900 } })
    await page.getByText('1,200通のうち900通').first().waitFor()
    const deeds = page.getByRole('button')
    await deeds
      .getByText('一時停止')
      .or(page.getByRole('button', { name: '一時停止' }))
      .first()
      .click()
    await page.getByText('一時停止中').first().waitFor()
    await page.getByRole('button', { name: '再開' }).first().click()
    await page.getByText('順番を待っています').first().waitFor()
    await prisma().migrationJob.updateMany({ data: { state: 'COPIED' } })
    await page.getByRole('button', { name: '最後の同期をして切り替え' }).first().click()
    await page.getByText('順番を待っています').first().waitFor()
    const answer = await page.request.get(
      `${portal.url}${await page.getByRole('link', { name: '結果の一覧' }).getAttribute('href')}`,
    )
    assert.match(await answer.text(), /address.*taro@/s)
  })
  const [job] = await prisma().migrationJob.findMany()
  assert.deepEqual([job?.state, job?.isFinal], ['WAITING', true])
  await prisma().migrationFault.create({
    data: { jobId: job?.id ?? '', folderName: 'INBOX', sourceKey: '12', problem: 'messageTooLarge' },
  })
  await assertFine('operator', ['/operator/migration', '/en/operator/migration'])
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/migration`)
    await page.getByText('「いままでのサーバー（mx）」の変更・削除').click()
    const change = page.locator('form').filter({ has: page.getByRole('button', { name: '変更を保存する' }) })
    await change.getByLabel('サーバーの名前').fill('moved.infonia.ne.jp')
    await change.getByRole('button', { name: '変更を保存する' }).click()
    await page.getByText('まだ1件終わっていません').waitFor()
    await prisma().migrationJob.updateMany({ data: { state: 'DONE' } })
    await change.locator('input[name=masterPassword]').fill('master-secret')
    await change.getByRole('button', { name: '変更を保存する' }).click()
    await page.getByText('moved.infonia.ne.jp').waitFor()
    assert.doesNotMatch(await page.content(), /master-secret/)
    await page.getByText('このメールボックスの操作').click()
    await page.getByRole('button', { name: '新しいメールと残りを取りに行く' }).first().click()
    await page.getByText('順番を待っています').first().waitFor()
  })
  await prisma().migrationJob.deleteMany()
})

test('a source that subscribers may use has no master user', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await asSomebody('operator', async (page) => {
    await page.goto(`${portal.url}/operator/migration`)
    await page.getByText('移行元を登録する').click()
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: '登録する' }) })
    const fill = async () => {
      await form.getByLabel('名前', { exact: true }).fill('以前のサーバー')
      await form.getByLabel('サーバーの名前').fill('old.infonia.ne.jp')
      await form.getByLabel('お客さまが自分で移せるようにする').check()
    }
    await fill()
    await form.locator('input[name=masterPassword]').fill('master-secret')
    await form.getByRole('button').last().click()
    await page.getByRole('alert').first().waitFor()
    assert.equal(await prisma().migrationSource.count({ where: { selfService: true } }), 0)
    await form.locator('input[name=masterPassword]').fill('')
    await fill()
    await form.getByRole('button').last().click()
    await page.getByText('old.infonia.ne.jp').waitFor()
  })
})

test('a table of addresses is looked at first, and then brought', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await asSomebody('operator', async (page) => {
    const complaints = collectComplaints(page)
    await page.goto(`${portal.url}/operator/migration`)
    await page.getByRole('link', { name: '以前のシステムの別名と転送を取り込む' }).click()
    await page.waitForURL('**/addresses')
    await page.getByLabel('ファイル').setInputFiles({
      name: 'virtual',
      mimeType: 'text/plain',
      buffer: Buffer.from(`sales ${subscriber.address}\ninfo nobody@infonia.ne.jp\n`),
    })
    await page.getByLabel('理由').fill('サーバーの移行')
    await page.getByRole('button', { name: '取り込んだ結果を確かめる' }).click()
    await page.getByText('まだ何も変更していません。').waitFor()
    await page.getByText('宛先のメールボックスが、ここにありません').waitFor()
    assert.equal(await prisma().alias.count({ where: { address: 'sales@infonia.ne.jp' } }), 0)
    await assertFitsEverywhere(page)
    await page.getByRole('button', { name: 'この1行を取り込む' }).click()
    await page.getByText('取り込んだ行 1、取り込めなかった行 1').waitFor()
    assert.equal(await prisma().alias.count({ where: { address: 'sales@infonia.ne.jp' } }), 1)
    assert.deepEqual(complaints, [])
  })
  await assertFine('operator', ['/operator/migration/addresses', '/en/operator/migration/addresses'])
})

test('an owner ends reading by the old password beside those of their devices', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  const { changePolicy } = await import('#tests/support/people.ts')
  const { id: accountId } = await prisma().portalAccount.findUniqueOrThrow({ where: { login: 'operator' } })
  await changePolicy({ accountId, role: 'OPERATOR', customerId: null }, (document) => {
    document.inheritedPasswords.readingUntil = new Date(Date.now() + 86_400_000).toISOString()
  })
  await prisma().inheritedPassword.create({ data: { mailboxId: subscriber.id, sealedHash: new Uint8Array() } })
  await assertFine(subscriber.address, ['/credentials', '/en/credentials'])
  await asSomebody(subscriber.address, async (page) => {
    await page.goto(`${portal.url}/credentials`)
    await page.getByText('以前のパスワードをいま終わりにする').click()
    await page.getByRole('button', { name: '終わりにする' }).click()
    await page.getByText('以前のパスワードでも、まだ受信できます').waitFor({ state: 'detached' })
  })
  assert.equal(await prisma().inheritedPassword.count({ where: { mailboxId: subscriber.id } }), 0)
})

test('a subscriber brings their mail along, and sees it arrive', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await assertFine(subscriber.address, ['/migration', '/en/migration'])
  await asSomebody(subscriber.address, async (page) => {
    await page.goto(`${portal.url}/mailbox`)
    await page.getByRole('link', { name: '古いサーバーからメールを移す' }).click()
    await page.getByLabel('古いサーバーのユーザー名').fill('taro')
    await page.locator('input[name=sourcePassword]').fill('old-secret')
    await page.getByRole('button', { name: 'メールを移す' }).click()
    await page.getByText('順番を待っています').waitFor()
    await page.getByText('メールソフトの設定はまだ変えないでください').waitFor()
    assert.doesNotMatch(await page.content(), /old-secret/)
    await prisma().migrationJob.updateMany({ data: { state: 'RUNNING', messagesFound: 40, messagesCopied: 10 } })
    await page.getByText('40通のうち10通').waitFor()
    await prisma().migrationJob.updateMany({ data: { state: 'DONE', messagesCopied: 40 } })
    await page.getByText('移し終わりました').waitFor()
  })
  await assertFine(subscriber.address, ['/migration', '/en/migration'])
})

test('a refused login at the old server is said in words, and can be tried again', { skip }, async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().migrationJob.updateMany({
    data: { state: 'FAILED', problem: 'loginRefused', messagesCopied: 0, messagesFound: 0 },
  })
  await asSomebody(subscriber.address, async (page) => {
    await page.goto(`${portal.url}/migration`)
    await page.getByText('古いサーバーのユーザー名かパスワードが違います').waitFor()
    await page.getByRole('button', { name: 'メールを移す' }).waitFor()
  })
})

/** 5: sees a month of usage, adds an address, takes everything along, asks for the deletion and calls it off. */
import assert from 'node:assert/strict'
import { portalPassword } from '#tests/support/password.ts'
import type { Cast } from './world.ts'

export async function account({ subscriber, mailbox }: Cast): Promise<void> {
  const { page } = subscriber
  const { login } = mailbox
  await subscriber.goTo('/mailbox')
  await subscriber.looks('5-mailbox')
  await subscriber.follow('mailbox.account')
  await subscriber.reads('account.lead')
  await page.locator('input[name=name]').fill(`${login}.second`)
  await subscriber.press('account.alias.submit')
  await subscriber.sees(`${login}.second@infonia.ne.jp`)
  await page.locator('input[name=name]').fill('postmaster')
  await subscriber.press('account.alias.submit')
  await page.getByRole('main').getByRole('alert').waitFor()
  await subscriber.looks('5-account')
  await page.locator('input[name=password]').first().fill(portalPassword)
  await subscriber.press('account.export.submit')
  const saved = page.locator('a[download]')
  await saved.waitFor()
  await subscriber.looks('5-export')
  const [download] = await Promise.all([page.waitForEvent('download'), saved.click()])
  assert.equal(download.suggestedFilename(), `${login}.zip`)
  await subscriber.unfold('account.close.open')
  await page.locator('input[name="understood[]"]').check()
  await page.locator('input[name=password]').last().fill(portalPassword)
  await subscriber.press('account.close.submit')
  await subscriber.button('account.close.cancel').waitFor()
  await subscriber.goTo('/home')
  await subscriber.reads('home.closing.body')
  await subscriber.looks('5-closing')
  await subscriber.follow('home.closing.open')
  await subscriber.press('account.close.cancel')
  await subscriber.reads('account.close.title')
}

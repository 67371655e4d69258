/** 6: who is not signed in, and whose browser runs no scripts, finds what to change in a program of 2002. */
import assert from 'node:assert/strict'
import type { Cast } from './world.ts'

export async function oldProgram({ unscripted: reader, visitor }: Cast): Promise<void> {
  const { page } = reader
  /** axe needs scripts: the same page is looked at beside. */
  const looks = async (picture: string) => {
    await visitor.page.goto(page.url())
    await visitor.looks(picture)
  }
  await reader.goTo('/')
  await looks('6-landing')
  await reader.follow('landing.guides')
  await page.waitForURL(/\/guides$/)
  await page.getByRole('searchbox').fill('ｱｳﾄﾙｯｸｴｸｽﾌﾟﾚｽ')
  await page.getByRole('searchbox').press('Enter')
  await page.getByRole('status').waitFor()
  await looks('6-found')
  await page.getByRole('link', { name: 'Outlook Express 6.0' }).first().click()
  await page.waitForURL('**/guides/outlook-express-6-0')
  await looks('6-guide')
  const text = (await page.getByRole('main').textContent()) ?? ''
  for (const host of ['mx.infonia.ne.jp', 'pop.infonia.ne.jp', 'smtpa.infonia.ne.jp']) {
    assert.ok(text.includes(host), host)
  }
}

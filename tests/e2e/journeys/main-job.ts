/** 1: a new subscriber issues a password, sends and reads with it, sees that it was used, and revokes it. */
import assert from 'node:assert/strict'
import type { Person } from './person.ts'
import type { Cast } from './world.ts'

const device = 'PC'

async function issue(subscriber: Person) {
  await subscriber.goTo('/home')
  await subscriber.looks('1-home')
  await subscriber.follow('home.next.issueCredential.button')
  await subscriber.page
    .getByRole('combobox', { name: subscriber.say('credentials.new.client') })
    .selectOption('thunderbird')
  await subscriber.fill('credentials.new.label', device)
  await subscriber.looks('1-issue')
  await subscriber.press('credentials.new.submit')
  await subscriber.page.getByRole('heading', { name: subscriber.say('credentials.issued.title') }).waitFor()
  await subscriber.looks('1-issued')
  await subscriber.sees('smtpa.infonia.ne.jp')
  const [username, password] = await Promise.all([
    subscriber.shownValue('credentials.issued.username'),
    subscriber.shownValue('credentials.issued.password'),
  ])
  return { username, password }
}

async function revoke(subscriber: Person): Promise<void> {
  const card = subscriber.page.locator('li').filter({ hasText: device })
  await card.locator('summary', { hasText: subscriber.say('credentials.revoke.open') }).click()
  await subscriber.looks('1-revoke')
  await card.getByRole('button', { name: subscriber.say('credentials.revoke.submit') }).click()
  await subscriber.reads('credentials.former.title', { count: '1' })
  await subscriber.looks('1-revoked')
}

export async function mainJob({ subscriber, mailbox, mailProgram }: Cast): Promise<void> {
  const login = await issue(subscriber)
  await mailProgram.sendWithLogin(mailbox.address, login, 'by-smtp-auth')
  assert.match(await mailProgram.read(login), /Subject: by-smtp-auth\r\n\r\nhello/)
  await subscriber.finds('/activity', () => subscriber.page.getByText('smtpa.infonia.ne.jp'))
  await subscriber.looks('1-activity')
  await subscriber.finds('/credentials', () => subscriber.page.getByText(mailProgram.address))
  await subscriber.follow('setUp.own.title')
  await subscriber.reads('setUp.link.title')
  await subscriber.looks('1-set-up-link')
  assert.ok(!(await subscriber.page.content()).includes(login.password))
  await subscriber.goTo('/credentials')
  await revoke(subscriber)
  await assert.rejects(mailProgram.read(login), /curl: \(67\) Login denied/)
}

/** 10: an operator announces work, amends it, closes services and opens them again early, and withdraws what is over. */
import assert from 'node:assert/strict'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { Person } from './person.ts'
import type { Cast } from './world.ts'

const HOUR_MS = 3_600_000

async function announce(operator: Person, reader: Person): Promise<void> {
  const { page } = operator
  await operator.goTo('/operator/announcements')
  await operator.looks('10-announcements')
  await operator.follow('announcementEditor.create')
  await page.locator('[name="ja.title"]').fill('夜間工事のお知らせ')
  await page.locator('[name="en.title"]').fill('Work at night')
  await page.locator('[name="ja.body"]').fill('◆ 内容\n・受信\n・送信\n\n<b>太字</b>')
  await page.locator('[name="en.body"]').fill('◆ What\n・receiving\n・sending\n\n<b>bold</b>')
  await page.locator('[name=note]').fill('case 12')
  await operator.press('announcementEditor.save')
  await page.waitForURL(/\/operator\/announcements\/[^/]{9,}$/)
  await operator.looks('10-draft')
  await operator.press('announcementEditor.publish.submit')
  await operator.button('announcementEditor.amend').waitFor()
  await page.locator('[name=note]').fill('longer')
  await operator.press('announcementEditor.amend')
  await operator.reads('announcementEditor.version', { version: '2' })
  await operator.looks('10-amended')
  await reader.goTo(`/announcements/${page.url().split('/').at(-1)}`)
  await reader.sees(/<b>(?:太字|bold)<\/b>/)
  await reader.sees('longer')
  assert.equal(await reader.page.locator('main b').count(), 0)
  await reader.looks('10-announcement')
}

async function withdraw(operator: Person): Promise<void> {
  await operator.unfold('announcementEditor.withdraw.title')
  await operator.page
    .locator('form', { has: operator.button('announcementEditor.withdraw.submit') })
    .locator('[name=reason]')
    .fill('it is over')
  await operator.press('announcementEditor.withdraw.submit')
  await operator.reads('announcementEditor.state.withdrawn')
}

async function closeAndOpen({ operator, visitor, oldMailbox, mailProgram }: Cast): Promise<void> {
  const { page } = operator
  await operator.goTo('/operator/maintenance')
  const schedule = page.locator('form', { has: page.locator('[name="reason.ja"]') })
  await schedule.locator('[name=endsAt]').fill(toJapanTime(new Date(Date.now() + HOUR_MS)))
  await schedule.locator('[name="reason.ja"]').fill('増強工事')
  await schedule.locator('[name="reason.en"]').fill('reinforcement')
  await operator.press('maintenance.submit')
  await page.getByText(operator.say('maintenance.state.running'), { exact: true }).waitFor()
  await operator.looks('10-maintenance')
  await eventually(() => assert.rejects(mailProgram.read(oldMailbox.credential)))
  await visitor.goTo('/status')
  await visitor.looks('10-status')
  await operator.unfold('maintenance.finish.open')
  await page
    .locator('form', { has: operator.button('maintenance.finish.submit') })
    .locator('[name=reason]')
    .fill('done early')
  await operator.press('maintenance.finish.submit')
  await page.getByText(operator.say('maintenance.state.over'), { exact: true }).first().waitFor()
  await eventually(() => mailProgram.read(oldMailbox.credential))
}

export async function workAtNight(cast: Cast): Promise<void> {
  await announce(cast.operator, cast.visitor)
  await withdraw(cast.operator)
  await closeAndOpen(cast)
}

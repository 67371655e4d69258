/** 9: an agent asks to see the deliveries; the owner allows it, sees each look, and stops it. */
import assert from 'node:assert/strict'
import { openCustomer, reason } from './agent-desk.ts'
import { friend } from './sent.ts'
import type { Cast } from './world.ts'

export async function trace({ agent, subscriber: owner, mailbox }: Cast): Promise<void> {
  const { page } = agent
  await openCustomer(agent, mailbox.address)
  await agent.unfold('support.page.trace.open')
  await agent.unfold('support.page.trace.byPortal')
  const form = page.locator('form', { has: agent.button('support.page.trace.ask') })
  await form.locator('input[name=reason]').fill(reason)
  await form.getByRole('button').click()
  await agent.reads('support.page.trace.askedBody')
  await owner.goTo('/home')
  await owner.sees(reason)
  await owner.looks('9-asked')
  await owner.press('home.trace.allow')
  await owner.button('home.trace.withdraw').waitFor()
  await page.reload()
  await agent.unfold('support.page.trace.open')
  await agent.follow('support.page.trace.show')
  await agent.sees(friend)
  await agent.looks('9-trace')
  await owner.goTo('/activity')
  await owner.reads('activity.changes.action.trace.look')
  await owner.looks('9-activity')
  await owner.goTo('/home')
  await owner.press('home.trace.withdraw')
  await owner.page.getByText(reason).waitFor({ state: 'detached' })
  const answer = await page.request.get(page.url())
  assert.equal(answer.status(), 404)
}

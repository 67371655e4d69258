/** 8: the agent finds the caller and reads out a code after calling back; the caller gets a password at home. */
import { openCustomer, reason } from './agent-desk.ts'
import type { Cast } from './world.ts'

export async function telephone({ agent, visitor: caller, mailbox }: Cast): Promise<void> {
  const { page } = agent
  await openCustomer(agent, mailbox.address)
  await agent.looks('8-customer')
  await agent.unfold('support.page.setUpCode.open')
  const form = page.locator('form', { has: page.locator('select[name=purpose]') })
  await form.locator('input[type=checkbox]').check()
  await form.locator('input[name=reason]').fill(reason)
  await form.getByRole('button').click()
  const spoken = page.locator('p[lang=ja].text-std-26B-150')
  await spoken.first().waitFor()
  await agent.looks('8-code')
  const code = (await spoken.allTextContents()).join('')
  await caller.goTo('/setup')
  await caller.looks('8-setup')
  await caller.page.locator('input[name=address]').first().fill(mailbox.address)
  await caller.page.locator('input[name=code]').first().fill(code)
  await caller.page.locator('input[name=label]').fill('PC')
  await caller.press('setup.mail.submit')
  await caller.sees(/[a-z2-9]{4}(?:-[a-z2-9]{4}){6}/)
  await caller.looks('8-password')
}

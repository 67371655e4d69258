/** What an agent does first, whatever the caller wants. */
import type { Person } from './person.ts'

export const reason = 'case 4711'

export async function openCustomer(agent: Person, address: string): Promise<void> {
  const { page } = agent
  await agent.goTo('/support')
  await page.locator('input[name=query]').fill(address)
  await page.locator('input[name=reason]').first().fill(reason)
  await agent.press('support.search')
  await agent.button('support.open').waitFor()
  await agent.looks('8-found')
  await agent.press('support.open')
  await page.waitForURL(/\/support\/[0-9a-f-]{36}/)
}

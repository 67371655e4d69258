/** Signing in to the portal as a person does: on its page, in a browser. */
import type { Page } from 'playwright-core'
import { portalPassword } from './password.ts'

/** @returns when the page behind the sign-in is shown */
export async function signIn(page: Page, portalUrl: string, login: string, password = portalPassword): Promise<void> {
  await page.goto(`${portalUrl}/sign-in`)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.locator('main').getByRole('button', { name: 'ログインする' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

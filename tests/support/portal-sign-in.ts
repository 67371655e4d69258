/** Signing in to the portal as a person does: on its page, in a browser; staff with a passkey of a virtual authenticator. */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { portalPassword } from './password.ts'

/** The passkeys that staff have registered so far; a new browser gets them as from a device that syncs them. */
const passkeys = new Map<string, object[]>()

/** @returns when the page behind the sign-in is shown */
export async function signIn(page: Page, portalUrl: string, login: string, password = portalPassword): Promise<void> {
  const owner = `${portalUrl} ${login}`
  const known = passkeys.get(owner)
  await page.goto(`${portalUrl}/sign-in`)
  if (known !== undefined) {
    const authenticator = await addAuthenticator(page, known)
    await page.getByRole('button', { name: 'パスキーでログインする' }).click()
    await leave(page, '/sign-in')
    passkeys.set(owner, await authenticator.passkeys()) // with its counter, which the portal compares
    return
  }
  await enterPassword(page, login, password)
  await leave(page, '/sign-in')
  if (!new URL(page.url()).pathname.endsWith('/first-passkey')) return
  const authenticator = await addAuthenticator(page)
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await leave(page, '/first-passkey')
  passkeys.set(owner, await authenticator.passkeys())
}

/** A browser of one person's own, who is signed in, for as long as it is used. */
export async function withPerson(
  browser: Browser,
  portalUrl: string,
  login: string,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo' })
  try {
    const page = await context.newPage()
    await signIn(page, portalUrl, login)
    await use(page)
  } finally {
    await context.close()
  }
}

export async function enterPassword(page: Page, login: string, password = portalPassword): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.locator('main').getByRole('button', { name: 'ログインする', exact: true }).click()
}

export type VirtualAuthenticator = {
  passkeys(): Promise<object[]>
}

/** Chromium's own: it verifies its user and answers at once. */
export async function addAuthenticator(page: Page, known: readonly object[] = []): Promise<VirtualAuthenticator> {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  for (const credential of known) {
    await devtools.send('WebAuthn.addCredential', { authenticatorId, credential: credential as never })
  }
  return {
    async passkeys() {
      return (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    },
  }
}

async function leave(page: Page, path: string): Promise<void> {
  await page.waitForURL((url) => !url.pathname.endsWith(path))
}

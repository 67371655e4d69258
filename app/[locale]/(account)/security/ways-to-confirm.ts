/** By what the person of a session can prove once more who they are: by no less than their sign-in takes. */
import type { Session } from '#lib/auth/web-sessions.ts'
import { listPasskeys } from '#lib/passkeys/own-passkeys.ts'
import { hasApp } from '#lib/second-step/authenticator-app.ts'
import type { WaysToConfirm } from './confirm-card.tsx'

export async function waysToConfirm({ actor }: Session): Promise<WaysToConfirm> {
  const [passkeys, appCode] = await Promise.all([listPasskeys(actor), hasApp(actor.accountId)])
  const passkey = passkeys.length > 0
  return { passkey, appCode, password: actor.role === 'SUBSCRIBER' || !passkey }
}

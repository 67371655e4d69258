import type { Session } from '#lib/auth/web-sessions.ts'
import { readRecoveryAddress } from '#lib/recovery/recovery-address.ts'
import { readApp } from '#lib/second-step/authenticator-app.ts'
import { AppCard } from './app-card.tsx'
import { RecoveryAddressCard } from './recovery-address-card.tsx'

/** What staff do not have: they sign in with passkeys, and get back in by a colleague. */
export async function SubscriberCards({ session, canChange }: { session: Session; canChange: boolean }) {
  const [app, address] = await Promise.all([readApp(session), readRecoveryAddress(session.actor)])
  return (
    <>
      <AppCard state={app} canChange={canChange} />
      <RecoveryAddressCard known={address} canChange={canChange} />
    </>
  )
}

import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { isPermitted } from '#lib/accounts/permissions.ts'
import { browserName } from '#lib/auth/browser-name.ts'
import { confirmedForMinutes, isConfirmed } from '#lib/auth/confirmation.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { sessionLimits } from '#lib/auth/session-limits.ts'
import { listWebSessions } from '#lib/auth/web-sessions.ts'
import { listPasskeys } from '#lib/passkeys/own-passkeys.ts'
import { countRecoveryCodes } from '#lib/second-step/recovery-codes.ts'
import { readOwnAddress } from '#lib/staff/own-address.ts'
import { ConfirmCard } from './confirm-card.tsx'
import { PasskeyCard } from './passkey-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { RecoveryCodesCard } from './recovery-codes-card.tsx'
import { SessionCard } from './session-card.tsx'
import { StaffAddressCard } from './staff-address-card.tsx'
import { SubscriberCards } from './subscriber-cards.tsx'
import { waysToConfirm } from './ways-to-confirm.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security')
  return { title: t('title') }
}

export default async function SecurityPage() {
  const session = await requireSession('webSession.read', '/security')
  const { actor } = session
  const [t, sessions, passkeys, codes, ways, given] = await Promise.all([
    getTranslations('security'),
    listWebSessions(session),
    listPasskeys(actor),
    countRecoveryCodes(actor),
    waysToConfirm(session),
    headers(),
  ])
  const canChange = isConfirmed(session)
  const { browser, system } = browserName(given.get('user-agent') ?? '')
  const { idleSeconds, absoluteSeconds } = sessionLimits(actor.role)
  return (
    <div className="max-w-[46rem] space-y-8">
      <PageHeading title={t('title')} lead={t('lead')} />
      {canChange ? null : <ConfirmCard ways={ways} minutes={confirmedForMinutes} />}
      <PasskeyCard
        passkeys={passkeys}
        canChange={canChange}
        suggestion={system ?? browser ?? t('passkeys.suggestion')}
      />
      {isPermitted(actor.role, 'authenticatorApp.change') ? (
        <SubscriberCards session={session} canChange={canChange} />
      ) : null}
      <RecoveryCodesCard left={codes} canChange={canChange} />
      <PasswordCard canChange={canChange} />
      {isPermitted(actor.role, 'staffAddress.change') ? (
        <StaffAddressCard known={await readOwnAddress(actor)} canChange={canChange} />
      ) : null}
      <section aria-labelledby="sessions">
        <h2 id="sessions" className="mb-4 text-std-22B-150">
          {t('sessions')}
        </h2>
        {canChange || sessions.length === 1 ? null : <p className="mb-4">{t('confirmToEnd')}</p>}
        <ul className="space-y-5">
          {sessions.map((webSession) => (
            <SessionCard key={webSession.id} session={webSession} canEnd={canChange || webSession.isThisOne} />
          ))}
        </ul>
        <p className="mt-6 text-ink-muted">
          {t('limits', { minutes: idleSeconds / 60, hours: absoluteSeconds / 3_600 })}
        </p>
      </section>
    </div>
  )
}

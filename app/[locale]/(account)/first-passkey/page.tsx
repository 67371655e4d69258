import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { browserName } from '#lib/auth/browser-name.ts'
import { confirmedForMinutes, isConfirmed } from '#lib/auth/confirmation.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { webEnv } from '#lib/env/web.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { homeOf } from '../../navigation.ts'
import { ConfirmCard } from '../security/confirm-card.tsx'
import { RegisterPasskeyForm } from '../security/register-passkey-form.tsx'
import { waysToConfirm } from '../security/ways-to-confirm.ts'
import { WaiveForm } from './waive-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security.first')
  return { title: t('title') }
}

/** All that staff reach until they have shown a passkey. */
export default async function FirstPasskeyPage() {
  const proven = await currentSession()
  if (proven !== null && proven.actor.role !== 'UNPROVEN_STAFF') return goTo(homeOf(proven.actor.role))
  const session = await requireSession('passkey.waive', '/first-passkey')
  const [t, ways, given] = await Promise.all([getTranslations('security.first'), waysToConfirm(session), headers()])
  const { browser, system } = browserName(given.get('user-agent') ?? '')
  return (
    <div className="max-w-[46rem] space-y-8">
      <PageHeading title={t('title')} lead={t('lead')} />
      {isConfirmed(session) ? (
        <Card title={t('register')} titleId="register">
          <RegisterPasskeyForm suggestion={system ?? browser ?? t('suggestion')} />
        </Card>
      ) : (
        <ConfirmCard ways={ways} minutes={confirmedForMinutes} />
      )}
      {webEnv().isPasskeyRequired || ways.passkey ? null : (
        <Notice title={t('trial')}>
          <p>{t('trialBody')}</p>
          <WaiveForm />
        </Notice>
      )}
    </div>
  )
}

import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { currentSession } from '#lib/auth/current-session.ts'
import { placesOf } from '#lib/doctor/places.ts'
import { watchAttempts } from '#lib/doctor/watch-attempts.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { givenCheckCode } from '#lib/http/check-cookie.ts'
import { visitor } from '#lib/http/visitor.ts'
import { ClientMessages } from '../../client-messages.tsx'
import { AttemptList } from './attempt-list.tsx'
import { CheckCodeForm } from './check-code-form.tsx'
import { OwnWindows } from './own-windows.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('doctor')
  return { title: t('metaTitle') }
}

export default async function DoctorPage() {
  const [t, session, { address }, given, settings] = await Promise.all([
    getTranslations('doctor'),
    currentSession(),
    visitor(),
    givenCheckCode(),
    loadConnectionSettings(),
  ])
  const actor = session?.actor.role === 'SUBSCRIBER' ? session.actor : null
  const attempts = await watchAttempts({ actor, address, code: given?.code ?? null })
  return (
    <ClientMessages of={['doctor', 'events', 'home']}>
      <PageHeading title={t('title')} lead={actor === null ? t('leadVisitor') : t('leadAccount')}>
        <p className="mt-2 break-words text-ink-muted">{t('address', { address })}</p>
      </PageHeading>
      {actor === null ? <CheckCodeForm given={given} /> : <OwnWindows actor={actor} readerAddress={address} />}
      <AttemptList initial={attempts} places={placesOf(settings)} />
    </ClientMessages>
  )
}

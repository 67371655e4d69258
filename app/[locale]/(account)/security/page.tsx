import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { sessionLimits } from '#lib/auth/session-limits.ts'
import { listWebSessions } from '#lib/auth/web-sessions.ts'
import { SessionCard } from './session-card.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('security')
  return { title: t('title') }
}

export default async function SecurityPage() {
  const session = await requireSession('webSession.read', '/security')
  const [t, sessions] = await Promise.all([getTranslations('security'), listWebSessions(session)])
  const { idleSeconds, absoluteSeconds } = sessionLimits(session.actor.role)
  return (
    <div className="max-w-[46rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      <ul className="space-y-5">
        {sessions.map((webSession) => (
          <SessionCard key={webSession.id} session={webSession} />
        ))}
      </ul>
      <p className="mt-6 text-ink-muted">
        {t('limits', { minutes: idleSeconds / 60, hours: absoluteSeconds / 3_600 })}
      </p>
    </div>
  )
}

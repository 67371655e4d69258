import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { HostMap } from '#components/mail/host-map.tsx'
import { OldHostCard } from '#components/move/old-host-card.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { requireSession } from '#lib/auth/require-session.ts'
import { siteEnv } from '#lib/env/site.ts'
import { visitor } from '#lib/http/visitor.ts'
import { AnnouncementCards } from './announcement-cards.tsx'
import { ClosingNotices } from './closing-notices.tsx'
import { LatestTrouble } from './latest-trouble.tsx'
import { loadHome } from './load-home.ts'
import { MailboxCard } from './mailbox-card.tsx'
import { NextStepCard } from './next-step-card.tsx'
import { TraceCodeCard } from './trace-code-card.tsx'
import { TraceConsents } from './trace-consents.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('home')
  return { title: t('metaTitle') }
}

export default async function HomePage() {
  const { actor, displayName } = await requireSession('home.read', '/home')
  const [t, { address }] = await Promise.all([getTranslations('home'), visitor()])
  const { mailboxes, refusals, meter, step, announcements, oldHostDevices, traceConsents } = await loadHome(actor)
  const methods = new Set(mailboxes.map(({ sendingMethod }) => sendingMethod))
  const sendsBy = methods.size !== 1 ? undefined : methods.has('SMTP_AUTH') ? 'smtpa' : 'smtp'
  return (
    <>
      <h1 className="mb-5 text-std-22B-150">{t('greeting', { name: displayName })}</h1>
      <ClosingNotices mailboxes={mailboxes} />
      <TraceConsents consents={traceConsents} />
      <OldHostCard devices={oldHostDevices} />
      <NextStepCard step={step} />
      <AnnouncementCards announcements={announcements} />
      <div className="mt-10 grid gap-10 lg:grid-cols-[1.25fr_1fr] lg:items-start">
        <section aria-labelledby="hosts">
          <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 id="hosts" className="text-std-20B-160 sm:text-std-22B-150">
              {t('hostsTitle')}
            </h2>
            <TextLink standalone href="/sending-method">
              {t('changeMethod')}
            </TextLink>
          </div>
          <HostMap hosts={siteEnv().hosts} sendsBy={sendsBy} />
        </section>
        <div className="space-y-6">
          {mailboxes.map((mailbox) => (
            <MailboxCard key={mailbox.id} mailbox={mailbox} meter={meter} readerAddress={address} />
          ))}
          <LatestTrouble refusals={refusals} />
          <TraceCodeCard mailboxes={mailboxes.map(({ id, address }) => ({ id, address }))} />
        </div>
      </div>
    </>
  )
}

import { BookOpen, FileBadge, ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { HostMap } from '#components/mail/host-map.tsx'
import { MethodCard } from '#components/mail/method-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { LinkCard } from '#components/ui/link-card.tsx'
import { siteEnv } from '#lib/env/site.ts'
import { tlsEnv } from '#lib/env/tls.ts'
import { currentPolicy } from '#lib/policy/index.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('landing')
  return { title: t('metaTitle') }
}

export default async function LandingPage() {
  const t = await getTranslations('landing')
  const { hosts } = siteEnv()
  const { document } = await currentPolicy()
  const minutes = Math.round(document.popBeforeSmtp.windowSeconds / 60)
  return (
    <>
      <header className="mb-10 max-w-[46rem] pt-2 sm:pt-6">
        <h1 className="text-std-28B-150 sm:text-std-36B-140">{t('title')}</h1>
        <p className="mt-4 text-std-18N-160 text-ink-muted">{t('lead')}</p>
        <p className="screen-only mt-7 flex flex-wrap gap-3">
          <ButtonLink href="/sign-in">{t('signIn')}</ButtonLink>
          <ButtonLink href="/guides" tone="secondary">
            {t('guides')}
          </ButtonLink>
        </p>
      </header>
      <section aria-labelledby="hosts" className="mb-14">
        <h2 id="hosts" className="mb-5 text-std-24B-150">
          {t('hostsTitle')}
        </h2>
        <HostMap hosts={hosts} />
      </section>
      <section aria-labelledby="methods" className="mb-14">
        <h2 id="methods" className="text-std-24B-150">
          {t('methodsTitle')}
        </h2>
        <p className="mt-2 mb-5 text-ink-muted">{t('methodsLead')}</p>
        <div className="grid gap-5 lg:grid-cols-2">
          <MethodCard method="smtpAuth" host={hosts.smtpa} minutes={minutes} />
          <MethodCard method="popBeforeSmtp" host={hosts.smtp} minutes={minutes} />
        </div>
      </section>
      <HelpCards />
    </>
  )
}

function HelpCards() {
  const t = useTranslations('landing')
  return (
    <section aria-labelledby="help" className="screen-only">
      <h2 id="help" className="mb-5 text-std-24B-150">
        {t('helpTitle')}
      </h2>
      <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <LinkCard href="/guides" icon={BookOpen} title={t('guideCard.title')} body={t('guideCard.body')} />
        <LinkCard
          href="/compatibility"
          icon={ListChecks}
          title={t('compatibilityCard.title')}
          body={t('compatibilityCard.body')}
        />
        {tlsEnv().authorityFile ? (
          <LinkCard
            download
            href="/ca.crt"
            icon={FileBadge}
            title={t('authorityCard.title')}
            body={t('authorityCard.body')}
          />
        ) : null}
      </div>
    </section>
  )
}

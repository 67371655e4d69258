import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { ProfileDownload } from '#components/mail/profile-download.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import { openSetUpLink, type SetUpFacts } from '#lib/accounts/index.ts'
import { mailPerson } from '#lib/autoconfig/mail-person.ts'
import { connectionValuesFor } from '#lib/guides/connection-values.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('setUp')
  return { title: t('title'), robots: { index: false } }
}

/** What a set-up link opens on the device that is to be set up; nobody signs in here. */
export default async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const [t, facts] = await Promise.all([getTranslations('setUp'), openSetUpLink(token)])
  if (facts === null) {
    return (
      <PageHeading title={t('over.title')} lead={t('over.lead')}>
        <p className="mt-5">
          <ButtonLink href="/credentials">{t('over.credentials')}</ButtonLink>
        </p>
      </PageHeading>
    )
  }
  const { address, credential } = facts
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead', { address, label: credential.label })} />
      <div className="max-w-[46rem] space-y-8">
        {mailPerson(facts) === null ? null : (
          <Card title={t('apple.title')} titleId="apple" lead={t('apple.lead')}>
            <ProfileDownload href={`/api/set-up/${token}/mail.mobileconfig`}>{t('apple.download')}</ProfileDownload>
          </Card>
        )}
        <Card title={t('byHand.title')} titleId="by-hand" lead={t('byHand.lead')}>
          <Values facts={facts} />
          <p className="mt-5">
            <ButtonLink tone="secondary" href={credential.clientId ? `/guides/${credential.clientId}` : '/guides'}>
              {t('guides')}
            </ButtonLink>
          </p>
        </Card>
      </div>
    </>
  )
}

async function Values({ facts: { credential } }: { facts: SetUpFacts }) {
  const [locale, settings] = await Promise.all([getLocale(), loadConnectionSettings()])
  const { username, clientId } = credential
  const scopes = credential.scopes.filter((scope) => scope !== 'sieve')
  const values = connectionValuesFor(clientId, { scopes, username, settings, sendingMethod: 'SMTP_AUTH' })
  return (
    <ValueList
      values={values.map(({ label, value, copyable }) => {
        return { label: label[locale], value: value[locale], copyable, long: !copyable }
      })}
    />
  )
}

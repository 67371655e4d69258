import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { ProfileDownload } from '#components/mail/profile-download.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyablePart } from '#components/ui/copyable-part.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { QrCode } from '#components/ui/qr-code.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { makeSetUpLink, setUpLinkInput } from '#lib/accounts/index.ts'
import { requireSession } from '#lib/auth/require-session.ts'
import { loadMailServices } from '#lib/autoconfig/load-mail-services.ts'
import { mailPerson } from '#lib/autoconfig/mail-person.ts'
import { thunderbirdQrText } from '#lib/autoconfig/thunderbird-qr.ts'
import { webEnv } from '#lib/env/web.ts'
import { notFoundPage } from '#lib/http/not-found-page.ts'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('setUp')
  return { title: t('own.title') }
}

type PageProps = { readonly params: Promise<{ credentialId: string }> }

/** The ways in which a device sets itself up with one credential. */
export default async function SetUpOwnPage({ params }: PageProps) {
  const { actor } = await requireSession('credential.read', '/credentials')
  const input = setUpLinkInput.safeParse(await params)
  if (!input.success) notFound()
  const [t, services, facts] = await Promise.all([
    getTranslations('setUp'),
    loadMailServices(),
    makeSetUpLink(actor, input.data).catch(notFoundPage),
  ])
  const { token, address, credential } = facts
  const link = `${webEnv().portalUrl}/set-up/${token}`
  const person = mailPerson(facts)
  const thunderbird = person && thunderbirdQrText(services, person)
  return (
    <>
      <PageHeading title={t('own.title')} lead={t('own.lead', { address, label: credential.label })} />
      <div className="max-w-[46rem] space-y-8">
        <Notice title={t('own.password.title')}>
          <p>{t('own.password.body')}</p>
        </Notice>
        <Card title={t('link.title')} titleId="link" lead={t('link.lead')}>
          <QrCode text={link} label={t('link.code')} />
          <dl className="mt-5">
            <CopyablePart label={t('link.address')} value={link} />
          </dl>
        </Card>
        {thunderbird ? (
          <Card title={t('thunderbird.title')} titleId="thunderbird" lead={t('thunderbird.lead')}>
            <QrCode text={thunderbird} label={t('thunderbird.code')} />
          </Card>
        ) : null}
        {person ? (
          <Card title={t('apple.title')} titleId="apple" lead={t('apple.lead')}>
            <ProfileDownload href={`/api/set-up/${token}/mail.mobileconfig`}>{t('apple.download')}</ProfileDownload>
          </Card>
        ) : null}
        <p>
          <TextLink standalone href="/credentials">
            {t('own.back')}
          </TextLink>
        </p>
      </div>
    </>
  )
}

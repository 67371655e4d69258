import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { siteEnv } from '#lib/env/site.ts'
import { clientChoices } from '../../(portal)/credentials/new/client-choices.ts'
import { PortalPasswordForm } from './portal-password-form.tsx'
import { SetUpMailForm } from './set-up-mail-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('setup')
  return { title: t('title') }
}

/** For somebody on the telephone with our support: here the code that was read out becomes a secret of their own. */
export default async function SetUpPage() {
  const [t, locale] = await Promise.all([getTranslations('setup'), getLocale()])
  const example = `taro@${siteEnv().domain}`
  return (
    <div className="mx-auto max-w-[46rem] space-y-8">
      <SetUpMailForm
        heading={<PageHeading title={t('title')} lead={t('lead')} />}
        example={example}
        clients={clientChoices(locale)}
      >
        <Disclosure summary={t('portal.title')}>
          <PortalPasswordForm example={example} />
        </Disclosure>
      </SetUpMailForm>
    </div>
  )
}

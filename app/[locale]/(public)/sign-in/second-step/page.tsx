import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { nextPath } from '#lib/auth/next-path.ts'
import { findPendingSignIn } from '#lib/auth/pending-sign-in.ts'
import { isStaff } from '#lib/auth/proofs.ts'
import { signInCookie } from '#lib/auth/sign-in-cookie.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { PasskeySignIn } from '../passkey-sign-in.tsx'
import { SecondStepForm } from './second-step-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn.secondStep')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

/** After the right password: what shows that it is its owner who typed it. */
export default async function SecondStepPage({ searchParams }: PageProps) {
  const next = nextPath((await searchParams).next)
  const token = await signInCookie().read()
  const pending = token === null ? null : await findPendingSignIn(token)
  if (pending === null) return goTo('/sign-in')
  const t = await getTranslations('signIn.secondStep')
  const takesApp = pending.hasApp && !isStaff(pending.role)
  return (
    <div className="mx-auto max-w-[34rem] space-y-6">
      <PageHeading title={t('title')} lead={takesApp ? t('leadApp') : t('leadPasskey')} />
      <Card>
        <div className="space-y-5">
          {takesApp ? <SecondStepForm kind="authenticatorApp" next={next} /> : null}
          {pending.hasPasskey ? <PasskeySignIn next={next} tone={takesApp ? 'secondary' : 'primary'} /> : null}
        </div>
      </Card>
      <Disclosure summary={t('lost')}>
        <Card>
          <SecondStepForm kind="recoveryCode" next={next} />
        </Card>
        <p className="mt-4">{t('lostAll')}</p>
      </Disclosure>
      <TextLink standalone href="/sign-in">
        {t('back')}
      </TextLink>
    </div>
  )
}

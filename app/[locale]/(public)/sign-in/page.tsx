import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeading } from '#components/ui/page-heading.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { currentSession } from '#lib/auth/current-session.ts'
import { nextPath } from '#lib/auth/next-path.ts'
import { siteEnv } from '#lib/env/site.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { homeOf } from '../../navigation.ts'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { SignInForm } from './sign-in-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn')
  return { title: t('title') }
}

type PageProps = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: PageProps) {
  const { next, signedOut } = await searchParams
  const target = nextPath(next)
  const session = await currentSession()
  if (session) return goTo(target ?? homeOf(session.actor.role))
  const t = await getTranslations('signIn')
  return (
    <div className="mx-auto max-w-[34rem]">
      <PageHeading title={t('title')} lead={t('lead')} />
      {signedOut ? (
        <Notice tone="success" role="status" title={t('signedOut')} className="mb-6" />
      ) : target ? (
        <Notice title={t('needed')} className="mb-6" />
      ) : null}
      <Card>
        <SignInForm next={target} example={`taro@${siteEnv().domain}`} />
        <p className="my-4 text-center text-ink-muted">{t('or')}</p>
        <PasskeySignIn next={target} />
      </Card>
      <Notice title={t('differentPassword.title')} className="mt-6">
        <p>{t('differentPassword.body')}</p>
      </Notice>
      <p className="mt-4 flex flex-wrap gap-x-6">
        <TextLink standalone href="/recover">
          {t('forgotten')}
        </TextLink>
        <TextLink standalone href="/setup">
          {t('haveCode')}
        </TextLink>
      </p>
    </div>
  )
}

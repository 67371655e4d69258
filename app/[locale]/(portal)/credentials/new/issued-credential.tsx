'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { ButtonLink } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import type { Issued } from './issued-view.ts'

type IssuedCredentialProps = {
  readonly issued: Issued
  /** who is not has no list to go back to */
  readonly isSignedIn?: boolean
}

/** The one and only time that a password is shown. */
export function IssuedCredential({ issued, isSignedIn = true }: IssuedCredentialProps) {
  const t = useTranslations('credentials.issued')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { label, address, username, password, client, values, trial } = issued
  const typed = [
    { label: t('address'), value: address },
    { label: t('username'), value: username },
    { label: t('password'), value: password, long: true, note: t('passwordNote') },
  ]
  return (
    <div className="space-y-8">
      <header>
        <h1 ref={heading} tabIndex={-1} className="text-std-26B-150 sm:text-std-32B-150">
          {t('title')}
        </h1>
        <p className="mt-3 text-std-17N-170 text-ink-muted">{t('lead', { label })}</p>
      </header>
      <Notice tone="warning" title={t('once.title')}>
        <p>{t('once.body')}</p>
      </Notice>
      <section aria-labelledby="secret">
        <h2 id="secret" className="mb-3 text-std-20B-160">
          {t('secretTitle')}
        </h2>
        <ValueList values={typed} />
      </section>
      {(['receiving', 'sending'] as const).map((group) => {
        const own = values.filter((value) => value.group === group)
        return own.length === 0 ? null : (
          <section key={group} aria-labelledby={group}>
            <h2 id={group} className="mb-3 text-std-20B-160">
              {client ? t(`${group}For`, { client: client.name }) : t(group)}
            </h2>
            <ValueList values={own} />
          </section>
        )
      })}
      {trial.length === 0 ? null : <TrialMachine trial={trial} />}
      <WaysOn client={client} isSignedIn={isSignedIn} />
    </div>
  )
}

function WaysOn({ client, isSignedIn }: Pick<Issued, 'client'> & { readonly isSignedIn: boolean }) {
  const t = useTranslations('credentials.issued')
  return (
    <>
      <p className="screen-only flex flex-wrap gap-3">
        <ButtonLink href={client ? `/guides/${client.id}` : '/guides'}>
          {client ? t('guideOf', { client: client.name }) : t('guides')}
        </ButtonLink>
        {isSignedIn ? (
          <ButtonLink href="/credentials" tone="secondary">
            {t('finish')}
          </ButtonLink>
        ) : null}
      </p>
      {isSignedIn ? null : <p className="screen-only">{t('close')}</p>}
    </>
  )
}

function TrialMachine({ trial }: Pick<Issued, 'trial'>) {
  const t = useTranslations('credentials.issued.trial')
  return (
    <Disclosure summary={t('title')}>
      <p className="mb-3">{t('body')}</p>
      <ValueList
        values={trial.map(({ service, host, port, security }) => {
          return {
            label: t(service),
            value: `${host}:${port}`,
            note: t('security', { security: t(security === 'none' ? 'plain' : 'tls') }),
          }
        })}
      />
      <a
        href="/ca.crt"
        download
        className="mt-3 inline-flex min-h-11 items-center text-primary underline underline-offset-4"
      >
        {t('authority')}
      </a>
    </Disclosure>
  )
}

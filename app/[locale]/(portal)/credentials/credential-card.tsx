import { useLocale, useTranslations } from 'next-intl'
import { CredentialFacts } from '#components/mail/credential-facts.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { CredentialView } from '#lib/accounts/index.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { RenameForm } from './rename-form.tsx'
import { RevokeForm } from './revoke-form.tsx'

/** One credential in use: for what, when last, and what can be done with it. */
export function CredentialCard({ credential }: { credential: CredentialView }) {
  const t = useTranslations('credentials')
  const locale = useLocale()
  const client = credential.clientId === null ? null : findClient(credential.clientId)
  return (
    <li className="flex flex-col rounded-12 border border-line bg-surface p-5 sm:p-6">
      <h3 className="text-std-18B-160">{credential.label}</h3>
      {client ? <p className="text-ink-muted">{client.name[locale]}</p> : null}
      <CredentialFacts credential={credential} />
      <div className="screen-only mt-4 border-t border-line pt-2">
        <TextLink standalone href={`/credentials/${credential.id}`}>
          {t('setUp')}
          <span className="sr-only">: {credential.label}</span>
        </TextLink>
        <Disclosure summary={t('rename.open')}>
          <RenameForm credentialId={credential.id} label={credential.label} />
        </Disclosure>
        <Disclosure summary={t('revoke.open')}>
          <RevokeForm credentialId={credential.id} label={credential.label} />
        </Disclosure>
      </div>
    </li>
  )
}

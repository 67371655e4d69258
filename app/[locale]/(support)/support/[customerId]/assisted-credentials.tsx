import { useTranslations } from 'next-intl'
import { CredentialFacts } from '#components/mail/credential-facts.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { LongList } from '#components/ui/long-list.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { CredentialView } from '#lib/accounts/index.ts'
import { isUsable } from '#lib/activity/next-step.ts'
import { AgentRevokeForm } from './agent-revoke-form.tsx'

type AssistedCredentialsProps = { readonly customerId: string; readonly credentials: readonly CredentialView[] }

const SHOWN_AT_ONCE = 12

/** Those in use, each with its last use and the way to revoke it; what is no longer good is folded away. */
export function AssistedCredentials({ customerId, credentials }: AssistedCredentialsProps) {
  const t = useTranslations('support.page')
  const usable = credentials.filter((credential) => isUsable(credential))
  const others = credentials.filter((credential) => !isUsable(credential))
  return (
    <>
      {usable.length === 0 ? <p className="text-ink-muted">{t('noCredentials')}</p> : null}
      <LongList
        shown={SHOWN_AT_ONCE}
        className="grid gap-4 lg:grid-cols-2"
        items={usable.map((credential) => (
          <li key={credential.id} className="rounded-8 border border-line p-4">
            <h4 className="text-std-16B-170 break-words">{credential.label}</h4>
            <CredentialFacts credential={credential} />
            <Disclosure summary={t('revoke.open')} className="mt-2">
              <AgentRevokeForm customerId={customerId} credentialId={credential.id} />
            </Disclosure>
          </li>
        ))}
      />
      {others.length === 0 ? null : (
        <Disclosure summary={t('notUsableOnes', { count: others.length })} className="mt-2">
          <ul className="grid gap-4 lg:grid-cols-2">
            {others.map((credential) => (
              <li key={credential.id} className="rounded-8 border border-line p-4">
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <h4 className="text-std-16B-170 break-words">{credential.label}</h4>
                  <StatusBadge tone="off">{t('notUsable')}</StatusBadge>
                </div>
                <CredentialFacts credential={credential} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

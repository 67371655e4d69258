import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CredentialView } from '#lib/accounts/index.ts'

/** What there is to know of a credential; the secret is not among it. */
export function CredentialFacts({ credential }: { credential: CredentialView }) {
  const t = useTranslations('credentials.facts')
  const format = useFormatter()
  const date = (value: Date) => format.dateTime(value, { dateStyle: 'medium' })
  const { username, scopes, isRecoverable, createdAt, expiresAt, lastUsedAt } = credential
  return (
    <dl className="mt-3 space-y-1.5">
      <Fact name={t('username')}>
        <span translate="no" className="typed">
          {username}
        </span>
      </Fact>
      <Fact name={t('scopes')}>{scopes.map((scope) => t(`scope.${scope}`)).join(t('separator'))}</Fact>
      {isRecoverable ? <Fact name={t('challengeLogins')}>{t('challengeLoginsKept')}</Fact> : null}
      <Fact name={t('lastUsed')}>{lastUsedAt === null ? t('neverUsed') : <LastUse credential={credential} />}</Fact>
      <Fact name={t('issued')}>{date(createdAt)}</Fact>
      {expiresAt === null ? null : <Fact name={t('expires')}>{date(expiresAt)}</Fact>}
    </dl>
  )
}

function LastUse({ credential }: { credential: CredentialView }) {
  const t = useTranslations('credentials.facts')
  const format = useFormatter()
  const { lastUsedAt, lastUsedAddress, lastUsedVia } = credential
  if (lastUsedAt === null) return null
  return (
    <>
      <time dateTime={lastUsedAt.toISOString()}>
        {format.dateTime(lastUsedAt, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
      <span className="block text-ink-muted">
        {t('lastUsedBy', { via: t(`via.${protocolOf(lastUsedVia)}`), address: lastUsedAddress ?? '—' })}
      </span>
    </>
  )
}

const protocols = ['smtp', 'pop3', 'imap'] as const

function protocolOf(via: string | null): (typeof protocols)[number] | 'unknown' {
  return protocols.find((protocol) => protocol === via) ?? 'unknown'
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[8.5rem_1fr]">
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}

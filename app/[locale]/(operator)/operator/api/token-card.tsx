'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import type { ApiTokenView } from '#lib/api-tokens/manage-tokens.ts'
import { idle } from '#lib/http/action-state.ts'
import { revokeApiTokenAction } from './actions.ts'

type TokenCardProps = { readonly token: ApiTokenView; readonly state: 'usable' | 'revoked' | 'expired' }

export function TokenCard({ token, state }: TokenCardProps) {
  const t = useTranslations('apiTokens')
  const format = useFormatter()
  const { id, name, scopes, accountName, expiresAt, lastUsedAt, lastUsedAddress } = token
  const moment = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <li className="rounded-12 border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="text-std-18B-160 break-words">{name}</h3>
        <StatusBadge tone={state === 'usable' ? 'good' : 'off'}>{t(`state.${state}`)}</StatusBadge>
      </div>
      <p className="typed break-words">{scopes.join(', ')}</p>
      <p className="text-ink-muted">{t('facts', { name: accountName, until: moment(expiresAt) })}</p>
      <p className="text-ink-muted">
        {lastUsedAt === null
          ? t('neverUsed')
          : t('lastUsed', { at: moment(lastUsedAt), address: lastUsedAddress ?? '—' })}
      </p>
      {state === 'usable' ? <RevokeForm tokenId={id} /> : null}
    </li>
  )
}

function RevokeForm({ tokenId }: { readonly tokenId: string }) {
  const t = useTranslations('apiTokens')
  const [state, action] = useActionState(revokeApiTokenAction, idle)
  return (
    <form action={action} className="mt-3">
      <ActionMessage state={state} />
      <input type="hidden" name="tokenId" value={tokenId} />
      <SubmitButton tone="secondary">{t('revoke')}</SubmitButton>
    </form>
  )
}

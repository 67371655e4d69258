'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { LongList } from '#components/ui/long-list.tsx'
import type { AliasView, MailboxView } from '#lib/accounts/index.ts'
import { idle } from '#lib/http/action-state.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { addAliasAction } from './actions.ts'
import { AliasItem } from './alias-item.tsx'
import { Section } from './section.tsx'

type AliasCardProps = {
  readonly mailbox: MailboxView
  readonly aliases: readonly AliasView[]
  readonly rules: PolicyDocument['ownAddresses']
}

const SHOWN_AT_ONCE = 8

export function AliasCard({ mailbox, aliases, rules }: AliasCardProps) {
  const t = useTranslations('account.alias')
  const [state, action] = useActionState(addAliasAction, idle)
  const domain = mailbox.address.split('@')[1] ?? ''
  return (
    <Section title={t('title')} lead={t('lead', { max: rules.maxAliases })}>
      {aliases.length === 0 ? (
        <p className="mb-4">{t('empty')}</p>
      ) : (
        <div className="mb-6">
          <LongList
            shown={SHOWN_AT_ONCE}
            className="divide-y divide-line border-y border-line"
            items={aliases.map((alias) => (
              <AliasItem key={alias.address} alias={alias} quarantineDays={rules.quarantineDays} />
            ))}
          />
        </div>
      )}
      {aliases.length < rules.maxAliases ? (
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <input type="hidden" name="mailboxId" value={mailbox.id} />
          <TextField
            state={state}
            name="name"
            label={t('label')}
            hint={t('hint', { domain })}
            maxLength={30}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        </form>
      ) : null}
      <p role="status" className="mt-2 break-all text-success">
        {state.status === 'done' ? t('added', { address: state.result }) : ''}
      </p>
    </Section>
  )
}

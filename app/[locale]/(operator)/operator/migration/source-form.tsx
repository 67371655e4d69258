'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { PasswordField } from '#components/form/password-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/form/text-area.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { saveSourceAction } from './actions.ts'

const kinds = ['IMAP_AND_POP3', 'IMAP', 'POP3', 'MAILDIR', 'MBOX'] as const
const security = ['IMPLICIT', 'STARTTLS', 'NONE'] as const
const CERTIFICATE_ROWS = 4

export function SourceForm() {
  const t = useTranslations('migration.sources')
  const [state, action] = useActionState(saveSourceAction, idle)
  const number = { type: 'number', inputMode: 'numeric', required: true } as const
  return (
    <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <ActionMessage state={state} />
      <TextField state={state} name="name" label={t('name')} hint={t('nameHint')} maxLength={60} required />
      <SelectField
        state={state}
        name="kind"
        label={t('kind')}
        groups={[{ options: kinds.map((value) => ({ value, label: t(`kinds.${value}`) })) }]}
      />
      <TextField state={state} name="host" label={t('host')} hint={t('hostHint')} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField state={state} name="imapPort" label={t('imapPort')} defaultValue={993} {...number} />
        <TextField state={state} name="pop3Port" label={t('pop3Port')} defaultValue={995} {...number} />
      </div>
      <SelectField
        state={state}
        name="tls"
        label={t('tls')}
        groups={[{ options: security.map((value) => ({ value, label: t(`tlsModes.${value}`) })) }]}
      />
      <TextArea
        state={state}
        name="authority"
        label={t('authority')}
        hint={t('authorityHint')}
        defaultValue=""
        rows={CERTIFICATE_ROWS}
      />
      <TextField state={state} name="directory" label={t('directory')} hint={t('directoryHint')} />
      <TextField
        state={state}
        name="loginForm"
        label={t('loginForm')}
        hint={t('loginFormHint', { login: '{login}', address: '{address}', master: '{login}*migrator' })}
        defaultValue="{login}"
        required
      />
      <PasswordField
        state={state}
        name="masterPassword"
        label={t('masterPassword')}
        hint={t('masterPasswordHint')}
        autoComplete="off"
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField state={state} name="maxConnections" label={t('maxConnections')} defaultValue={4} {...number} />
        <TextField
          state={state}
          name="messagesPerSecond"
          label={t('messagesPerSecond')}
          defaultValue={200}
          {...number}
        />
      </div>
      <CheckboxGroup
        state={state}
        name="options"
        legend={t('options')}
        options={[{ value: 'selfService', label: t('selfService') }]}
        defaultValues={[]}
      />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}

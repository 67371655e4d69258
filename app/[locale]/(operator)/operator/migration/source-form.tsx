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
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { SourceView } from '#lib/migration/list-sources.ts'
import { changeSourceAction, saveSourceAction } from './actions.ts'

const kinds = ['IMAP_AND_POP3', 'IMAP', 'POP3', 'MAILDIR', 'MBOX'] as const
const security = ['IMPLICIT', 'STARTTLS', 'NONE'] as const
const CERTIFICATE_ROWS = 4

/** @param source one that is there already; none: a new one */
export function SourceForm({ source }: { source?: SourceView }) {
  const t = useTranslations('migration.sources')
  const [state, action] = useActionState(source === undefined ? saveSourceAction : changeSourceAction, idle)
  const options =
    source?.hasMasterPassword === true ? (['selfService', 'forgetMasterPassword'] as const) : (['selfService'] as const)
  const number = { type: 'number', inputMode: 'numeric', required: true } as const
  return (
    <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <ActionMessage state={state} />
      {state.status === 'done' && source !== undefined ? (
        <Notice tone="success" role="status" title={t('changed')} />
      ) : null}
      {source === undefined ? null : <input type="hidden" name="sourceId" value={source.id} />}
      <TextField
        state={state}
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        defaultValue={source?.name}
        maxLength={60}
        required
      />
      <SelectField
        state={state}
        name="kind"
        label={t('kind')}
        defaultValue={source?.kind ?? kinds[0]}
        groups={[{ options: kinds.map((value) => ({ value, label: t(`kinds.${value}`) })) }]}
      />
      <TextField state={state} name="host" label={t('host')} hint={t('hostHint')} defaultValue={source?.host} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          state={state}
          name="imapPort"
          label={t('imapPort')}
          defaultValue={source?.imapPort ?? 993}
          {...number}
        />
        <TextField
          state={state}
          name="pop3Port"
          label={t('pop3Port')}
          defaultValue={source?.pop3Port ?? 995}
          {...number}
        />
      </div>
      <SelectField
        state={state}
        name="tls"
        label={t('tls')}
        defaultValue={source?.tls ?? security[0]}
        groups={[{ options: security.map((value) => ({ value, label: t(`tlsModes.${value}`) })) }]}
      />
      <TextArea
        state={state}
        name="authority"
        label={t('authority')}
        hint={t('authorityHint')}
        defaultValue={source?.authority ?? ''}
        rows={CERTIFICATE_ROWS}
      />
      <TextField
        state={state}
        name="directory"
        label={t('directory')}
        hint={t('directoryHint')}
        defaultValue={source?.directory}
      />
      <TextField
        state={state}
        name="loginForm"
        label={t('loginForm')}
        hint={t('loginFormHint', { login: '{login}', address: '{address}', master: '{login}*migrator' })}
        defaultValue={source?.loginForm ?? '{login}'}
        required
      />
      <PasswordField
        state={state}
        name="masterPassword"
        label={t('masterPassword')}
        hint={t(source?.hasMasterPassword === true ? 'masterPasswordStays' : 'masterPasswordHint')}
        autoComplete="off"
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          state={state}
          name="maxConnections"
          label={t('maxConnections')}
          defaultValue={source?.maxConnections ?? 4}
          {...number}
        />
        <TextField
          state={state}
          name="messagesPerSecond"
          label={t('messagesPerSecond')}
          defaultValue={source?.messagesPerSecond ?? 200}
          {...number}
        />
      </div>
      <CheckboxGroup
        state={state}
        name="options"
        legend={t('options')}
        options={options.map((value) => ({ value, label: t(value) }))}
        defaultValues={source?.selfService === true ? ['selfService'] : []}
      />
      <SubmitButton>{t(source === undefined ? 'submit' : 'save')}</SubmitButton>
    </form>
  )
}

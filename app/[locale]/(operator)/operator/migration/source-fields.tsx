import { useTranslations } from 'next-intl'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { PasswordField } from '#components/form/password-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { TextArea } from '#components/form/text-area.tsx'
import { TextField } from '#components/form/text-field.tsx'
import type { SourceView } from '#lib/migration/list-sources.ts'

/** `source`: one that is there already */
type SourceFieldsProps = { readonly state: FormState; readonly source: SourceView | undefined }

const kinds = ['IMAP_AND_POP3', 'IMAP', 'POP3', 'MAILDIR', 'DBOX', 'MBOX'] as const
const security = ['IMPLICIT', 'STARTTLS', 'NONE'] as const
const CERTIFICATE_ROWS = 4
const number = { type: 'number', inputMode: 'numeric', required: true } as const

export function WhereFields({ state, source }: SourceFieldsProps) {
  const t = useTranslations('migration.sources')
  return (
    <>
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
        options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <TextField state={state} name="host" label={t('host')} hint={t('hostHint')} defaultValue={source?.host} />
      <PortFields state={state} source={source} />
      <SelectField
        state={state}
        name="tls"
        label={t('tls')}
        defaultValue={source?.tls ?? security[0]}
        options={security.map((value) => ({ value, label: t(`tlsModes.${value}`) }))}
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
    </>
  )
}

function PortFields({ state, source }: SourceFieldsProps) {
  const t = useTranslations('migration.sources')
  return (
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
  )
}

export function LoginFields({ state, source }: SourceFieldsProps) {
  const t = useTranslations('migration.sources')
  return (
    <>
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
    </>
  )
}

export function LimitFields({ state, source }: SourceFieldsProps) {
  const t = useTranslations('migration.sources')
  const options =
    source?.hasMasterPassword === true ? (['selfService', 'forgetMasterPassword'] as const) : (['selfService'] as const)
  return (
    <>
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
    </>
  )
}

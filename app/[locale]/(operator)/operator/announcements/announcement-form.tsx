'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/form/text-area.tsx'
import { TextField } from '#components/form/text-field.tsx'
import {
  type AnnouncementDocument,
  announcementKinds,
  audiences,
  doneConditions,
  linkedPages,
} from '#lib/announcements/document.ts'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { idle } from '#lib/http/action-state.ts'
import { saveAnnouncementAction } from './actions.ts'
import { WordFields } from './word-fields.tsx'

type AnnouncementFormProps = {
  readonly id: string | null
  readonly version: number
  readonly document: AnnouncementDocument | null
  readonly isPublic: boolean
}

export function AnnouncementForm({ id, version, document, isPublic }: AnnouncementFormProps) {
  const t = useTranslations('announcementEditor')
  const [state, action] = useActionState(saveAnnouncementAction, idle)
  return (
    <form action={action} className="space-y-6 rounded-12 border border-line bg-surface p-5">
      <ActionMessage state={state} />
      {state.status === 'done' ? <DoneNotice of={state} title={t('saved', { version: state.result.version })} /> : null}
      <input type="hidden" name="id" value={id ?? ''} />
      <input type="hidden" name="basedOn" value={version} />
      <ScopeFields state={state} document={document} />
      <WordFields state={state} language="ja" words={document?.ja ?? null} />
      <WordFields state={state} language="en" words={document?.en ?? null} />
      <TextField state={state} name="note" label={t('note')} hint={t('noteHint')} maxLength={300} required />
      <SubmitButton>{isPublic ? t('amend') : t('save')}</SubmitButton>
    </form>
  )
}

const localTime = (moment: string | null | undefined) => (moment ? toJapanTime(new Date(moment)) : '')

type FieldsProps = { readonly state: FormState; readonly document: AnnouncementDocument | null }

function ScopeFields({ state, document }: FieldsProps) {
  const t = useTranslations('announcementEditor')
  const names = useTranslations('announcements')
  const hosts = document?.hosts.map(({ purpose, from, to, method }) => `${purpose} ${from} ${to} ${method}`) ?? []
  return (
    <>
      <ConcernFields state={state} document={document} />
      <TextField
        state={state}
        name="domain"
        label={t('domain')}
        hint={t('domainHint')}
        defaultValue={document?.domain}
        optional
      />
      {(['startsAt', 'endsAt'] as const).map((name) => (
        <TextField
          key={name}
          state={state}
          name={name}
          type="datetime-local"
          label={t(name)}
          defaultValue={localTime(document?.[name])}
          optional
        />
      ))}
      <TextArea
        state={state}
        name="hosts"
        label={t('hosts')}
        hint={t('hostsHint')}
        rows={4}
        defaultValue={hosts.join('\n')}
        optional
      />
      <CheckboxGroup
        state={state}
        name="links"
        legend={t('links')}
        options={linkedPages.map((value) => ({ value, label: names(`link.${value}`) }))}
        defaultValues={document?.links ?? []}
      />
    </>
  )
}

function ConcernFields({ state, document }: FieldsProps) {
  const t = useTranslations('announcementEditor')
  const names = useTranslations('announcements')
  return (
    <>
      <SelectField
        state={state}
        name="kind"
        label={t('kind')}
        defaultValue={document?.kind ?? 'information'}
        options={announcementKinds.map((value) => ({ value, label: names(`kind.${value}`) }))}
      />
      <SelectField
        state={state}
        name="audience"
        label={t('audience')}
        hint={t('audienceHint')}
        defaultValue={document?.audience ?? 'all'}
        options={audiences.map((value) => ({ value, label: t(`audiences.${value}`) }))}
      />
      <SelectField
        state={state}
        name="doneWhen"
        label={t('doneWhen')}
        hint={t('doneWhenHint')}
        defaultValue={document?.doneWhen ?? 'never'}
        options={doneConditions.map((value) => ({ value, label: t(`doneConditions.${value}`) }))}
      />
    </>
  )
}

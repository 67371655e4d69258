'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { CheckboxGroup } from '#components/form/checkbox-group.tsx'
import type { FormState } from '#components/form/field-state.ts'
import { FileField } from '#components/form/file-field.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/form/text-area.tsx'
import { mapFormats } from '#lib/address-maps/map-line.ts'
import { idle } from '#lib/http/action-state.ts'
import { bringMapAction } from './actions.ts'
import { BroughtLines } from './brought-lines.tsx'

const TABLE_ROWS = 8
/** Below what an action takes with everything else. */
const MAX_FILE_BYTES = 200_000

/** A table of an old system: looked at first, then brought here. */
export function MapForm({ domains }: { domains: readonly string[] }) {
  const t = useTranslations('addressMap')
  const [state, action] = useActionState(bringMapAction, idle)
  const order = state.status === 'done' ? state.result.order : null
  return (
    <div className="space-y-8">
      {state.status === 'done' ? <BroughtLines brought={state.result} action={action} /> : null}
      <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
        <h2 className="text-std-22B-150">{t('table')}</h2>
        <ActionMessage state={state} />
        <SelectField
          state={state}
          name="format"
          label={t('format')}
          defaultValue={order?.format ?? mapFormats[0]}
          options={mapFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
        />
        <TableFields state={state} text={order?.text ?? ''} />
        <SelectField
          state={state}
          name="domain"
          label={t('domain')}
          hint={t('domainHint')}
          defaultValue={order?.domain ?? domains[0] ?? ''}
          options={domains.map((value) => ({ value, label: value }))}
        />
        <CheckboxGroup
          key={String(order?.isConfirmed)}
          state={state}
          name="agreed"
          legend={t('forwards')}
          hint={t('forwardsHint')}
          options={[{ value: 'yes', label: t('agreed') }]}
          defaultValues={order?.isConfirmed === true ? ['yes'] : []}
        />
        <ReasonField state={state} readBy="colleagues" defaultValue={order?.reason} />
        <input type="hidden" name="deed" value="judge" />
        <SubmitButton>{t('judge')}</SubmitButton>
      </form>
    </div>
  )
}

/** The table itself, as a file or pasted. */
function TableFields({ state, text }: { state: FormState; text: string }) {
  const t = useTranslations('addressMap')
  return (
    <>
      <FileField
        state={state}
        name="file"
        label={t('file')}
        hint={t('fileHint')}
        maxBytes={MAX_FILE_BYTES}
        tooLarge={t('fileTooLarge')}
      />
      <TextArea
        state={state}
        name="text"
        label={t('text')}
        hint={t('textHint')}
        defaultValue={text}
        rows={TABLE_ROWS}
      />
    </>
  )
}

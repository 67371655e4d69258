'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { FileField } from '#components/form/file-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { DifferenceList } from '../difference-list.tsx'
import { ExtentFields } from '../extent-fields.tsx'
import { RehearsalResult } from '../rehearsal-result.tsx'
import { usePolicyWords } from '../use-policy-words.ts'
import { type CheckedFile, checkPolicyFileAction, savePolicyFileAction } from './actions.ts'
import { maxFileBytes } from './max-file-bytes.ts'

/** First what would change and what would have happened; only then may it be saved. */
export function ImportForm() {
  const t = useTranslations('policy.file')
  const [checked, check] = useActionState(checkPolicyFileAction, idle)
  return (
    <div className="space-y-6">
      <form action={check} className="space-y-4">
        <ActionMessage state={checked} />
        <FileField
          state={checked}
          name="file"
          accept="application/json,.json"
          label={t('choose')}
          maxBytes={maxFileBytes}
          tooLarge={t('chooseTooLarge')}
          required
        />
        <SubmitButton tone="secondary">{t('check')}</SubmitButton>
      </form>
      {checked.status === 'done' ? <Checked result={checked.result} /> : null}
    </div>
  )
}

function Checked({ result }: { readonly result: CheckedFile }) {
  const t = useTranslations('policy')
  if (result.outcome === 'faulty') return <Faults {...result} />
  return (
    <div className="space-y-6">
      <h3 className="text-std-18B-160">{t('file.changes', { file: result.fileName })}</h3>
      <DifferenceList differences={result.differences} none={t('unchanged')} />
      <RehearsalResult rehearsal={result.rehearsal} />
      {result.differences.length === 0 ? null : <SaveForm text={result.text} basedOn={result.basedOn} />}
    </div>
  )
}

function Faults({ fileName: file, faults }: Extract<CheckedFile, { outcome: 'faulty' }>) {
  const t = useTranslations('policy.file')
  const { name } = usePolicyWords()
  return (
    <Notice tone="danger" role="alert" title={t('faulty', { file, count: faults.length })}>
      <ul className="list-disc pl-6">
        {faults.map(({ path, fault }) => (
          <li key={path}>
            {path === '' ? t('whole') : name(path)}: {t(`fault.${fault}`)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function SaveForm({ text, basedOn }: { readonly text: string; readonly basedOn: number }) {
  const t = useTranslations('policy')
  const [state, save] = useActionState(savePolicyFileAction, idle)
  if (state.status === 'done') {
    return <DoneNotice of={state} title={t('saved', { version: state.result })} />
  }
  return (
    <form action={save} className="space-y-5 rounded-12 border-2 border-primary p-5">
      <ActionMessage state={state} />
      <input type="hidden" name="document" value={text} />
      <input type="hidden" name="basedOn" value={basedOn} />
      <ExtentFields state={state} extent={null} withAll />
      <TextField state={state} name="note" label={t('note')} hint={t('noteHint')} maxLength={200} required />
      <SubmitButton>{t('save')}</SubmitButton>
    </form>
  )
}

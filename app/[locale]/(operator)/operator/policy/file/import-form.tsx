'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { DifferenceList } from '../difference-list.tsx'
import { ExtentFields } from '../extent-fields.tsx'
import { RehearsalResult } from '../rehearsal-result.tsx'
import { usePolicyWords } from '../use-policy-words.ts'
import { type CheckedFile, checkPolicyFileAction, savePolicyFileAction } from './actions.ts'

/** First what would change and what would have happened; only then may it be saved. */
export function ImportForm() {
  const t = useTranslations('policy.file')
  const [checked, check] = useActionState(checkPolicyFileAction, idle)
  return (
    <div className="space-y-6">
      <form action={check} className="space-y-4">
        <ActionMessage state={checked} />
        <TextField
          state={checked}
          name="file"
          type="file"
          accept="application/json,.json"
          label={t('choose')}
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
  if (result.outcome === 'faulty') return <Faults faults={result.faults} />
  return (
    <div className="space-y-6">
      <h3 className="text-std-18B-160">{t('file.changes')}</h3>
      <DifferenceList differences={result.differences} none={t('unchanged')} />
      <RehearsalResult rehearsal={result.rehearsal} />
      {result.differences.length === 0 ? null : <SaveForm text={result.text} basedOn={result.basedOn} />}
    </div>
  )
}

function Faults({ faults }: { readonly faults: Extract<CheckedFile, { outcome: 'faulty' }>['faults'] }) {
  const t = useTranslations('policy.file')
  const { name } = usePolicyWords()
  return (
    <Notice tone="danger" role="alert" title={t('faulty', { count: faults.length })}>
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
  return (
    <form action={save} className="space-y-5 rounded-12 border-2 border-primary p-5">
      <ActionMessage state={state} />
      {state.status === 'done' ? <DoneNotice of={state} title={t('saved', { version: state.result })} /> : null}
      <input type="hidden" name="document" value={text} />
      <input type="hidden" name="basedOn" value={basedOn} />
      <ExtentFields state={state} extent={null} withAll />
      <TextField state={state} name="note" label={t('note')} hint={t('noteHint')} maxLength={200} required />
      <SubmitButton>{t('save')}</SubmitButton>
    </form>
  )
}

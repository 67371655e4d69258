'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { RadioCards } from '#components/form/radio-cards.tsx'
import { SelectField } from '#components/form/select-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/form/text-area.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { StartedBatch } from '#lib/migration/start-batch.ts'
import { startBatchAction } from './actions.ts'

const LIST_ROWS = 6

export function BatchForm({ sources }: { sources: readonly { id: string; name: string }[] }) {
  const t = useTranslations('migration.start')
  const [state, action] = useActionState(startBatchAction, idle)
  return (
    <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <h2 className="text-std-22B-150">{t('title')}</h2>
      <ActionMessage state={state} />
      {state.status === 'done' ? <Started batch={state.result} /> : null}
      <SelectField
        state={state}
        name="sourceId"
        label={t('source')}
        options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextArea
        state={state}
        name="listWithPasswords"
        label={t('list')}
        hint={t('listHint')}
        defaultValue=""
        rows={LIST_ROWS}
      />
      <RadioCards
        name="last"
        legend={t('how')}
        defaultValue="no"
        options={[
          { value: 'no', title: t('first'), body: <p>{t('firstHelp')}</p> },
          { value: 'yes', title: t('last'), body: <p>{t('lastHelp')}</p> },
        ]}
      />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}

function Started({ batch: { started, refused } }: { batch: StartedBatch }) {
  const t = useTranslations('migration.start')
  return (
    <Notice tone={refused.length === 0 ? 'success' : 'warning'} role="status" title={t('started', { count: started })}>
      {refused.length === 0 ? null : (
        <ul>
          {refused.map(({ line, text, problem }) => (
            <li key={line}>{t(`fault.${problem}`, { line, text })}</li>
          ))}
        </ul>
      )}
    </Notice>
  )
}

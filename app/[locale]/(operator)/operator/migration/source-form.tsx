'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { SourceView } from '#lib/migration/list-sources.ts'
import { changeSourceAction, saveSourceAction } from './actions.ts'
import { LimitFields, LoginFields, WhereFields } from './source-fields.tsx'

/** @param source one that is there already; none: a new one */
export function SourceForm({ source }: { source?: SourceView }) {
  const t = useTranslations('migration.sources')
  const [state, action] = useActionState(source === undefined ? saveSourceAction : changeSourceAction, idle)
  return (
    <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <ActionMessage state={state} />
      {state.status === 'done' && source !== undefined ? <DoneNotice of={state} title={t('changed')} /> : null}
      {source === undefined ? null : <input type="hidden" name="sourceId" value={source.id} />}
      <WhereFields state={state} source={source} />
      <LoginFields state={state} source={source} />
      <LimitFields state={state} source={source} />
      <SubmitButton>{t(source === undefined ? 'submit' : 'save')}</SubmitButton>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { type ComponentProps, useActionState } from 'react'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { idle } from '#lib/http/action-state.ts'
import { savePolicyAction } from './actions.ts'
import { PolicyEditor } from './policy-editor.tsx'

type PolicySavingProps = Omit<ComponentProps<typeof PolicyEditor>, 'state' | 'action'>

/** The editor begins anew with each version, so that what was saved is said outside of it. */
export function PolicySaving(props: PolicySavingProps) {
  const t = useTranslations('policy')
  const [state, action] = useActionState(savePolicyAction, idle)
  return (
    <>
      {state.status === 'done' && state.result >= props.version ? (
        <DoneNotice of={state} title={t('saved', { version: state.result })} className="mb-8" />
      ) : null}
      <PolicyEditor key={props.version} state={state} action={action} {...props} />
    </>
  )
}

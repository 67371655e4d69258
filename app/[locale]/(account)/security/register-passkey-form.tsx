'use client'

import { startRegistration } from '@simplewebauthn/browser'
import { useTranslations } from 'next-intl'
import { useActionState, useId, useState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { DoneNotice } from '#components/form/done-notice.tsx'
import { FieldFrame, inputClass } from '#components/form/field-frame.tsx'
import { PasskeyButton } from '#components/form/passkey-button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { beginRegistrationAction, registerPasskeyAction } from './passkey-actions.ts'

export function RegisterPasskeyForm({ suggestion }: { suggestion: string }) {
  const t = useTranslations('security.passkeys')
  const [state, finish] = useActionState(registerPasskeyAction, idle)
  const [label, setLabel] = useState(suggestion)
  const id = useId()
  return (
    <div className="space-y-4">
      <ActionMessage state={state} />
      {state.status === 'done' ? <DoneNotice of={state} title={t('added')} /> : null}
      <FieldFrame id={id} label={t('label')} hint={t('labelHint')} problem={undefined} optional={false}>
        <input
          id={id}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          maxLength={60}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          className={inputClass}
        />
      </FieldFrame>
      <PasskeyButton
        begin={beginRegistrationAction}
        ask={startRegistration}
        finish={finish}
        fields={{ label: label.trim() || suggestion }}
        tone="primary"
      >
        {t('add')}
      </PasskeyButton>
    </div>
  )
}

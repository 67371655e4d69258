'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { PasskeyButton } from '#components/form/passkey-button.tsx'
import type { ButtonTone } from '#components/ui/button.tsx'
import { idle } from '#lib/http/action-state.ts'
import { beginPasskeySignInAction, signInWithPasskeyAction } from './actions.ts'

export function PasskeySignIn({ next, tone }: { next: string | null; tone?: ButtonTone }) {
  const t = useTranslations('signIn.passkey')
  const [state, finish] = useActionState(signInWithPasskeyAction, idle)
  return (
    <div className="space-y-3">
      <ActionMessage state={state} />
      <PasskeyButton
        begin={beginPasskeySignInAction}
        ask={startAuthentication}
        finish={finish}
        fields={next === null ? {} : { next }}
        tone={tone ?? 'secondary'}
        className="w-full"
      >
        {t('signIn')}
      </PasskeyButton>
    </div>
  )
}

'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { IdentityFields } from '#components/form/identity-fields.tsx'
import { PasskeyButton } from '#components/form/passkey-button.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import { beginConfirmationAction, confirmByPasskeyAction, confirmByPasswordAction } from './actions.ts'

export type WaysToConfirm = { readonly password: boolean; readonly appCode: boolean; readonly passkey: boolean }

/** Before anything on this page can be changed. */
export function ConfirmCard({ ways, minutes }: { ways: WaysToConfirm; minutes: number }) {
  const t = useTranslations('security.confirm')
  const [byPasskey, finish] = useActionState(confirmByPasskeyAction, idle)
  return (
    <Card title={t('title')} titleId="confirm" lead={t('lead', { minutes })}>
      <div className="space-y-5">
        {ways.password ? <PasswordConfirmation asksForCode={ways.appCode} /> : null}
        {ways.passkey ? (
          <>
            <ActionMessage state={byPasskey} />
            <PasskeyButton begin={beginConfirmationAction} ask={startAuthentication} finish={finish}>
              {t('byPasskey')}
            </PasskeyButton>
          </>
        ) : null}
      </div>
    </Card>
  )
}

function PasswordConfirmation({ asksForCode }: { asksForCode: boolean }) {
  const t = useTranslations('security.confirm')
  const [state, action] = useActionState(confirmByPasswordAction, idle)
  return (
    <form action={action} className="space-y-5">
      <ActionMessage state={state} />
      <IdentityFields state={state} asksForCode={asksForCode} />
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { OwnAddressView } from '#lib/staff/own-address.ts'
import { askForOwnAddressAction } from './staff-address-actions.ts'

type StaffAddressCardProps = { readonly known: OwnAddressView; readonly canChange: boolean }

/** Where one of the staff is told what concerns them. */
export function StaffAddressCard({ known, canChange }: StaffAddressCardProps) {
  const t = useTranslations('security.staffAddress')
  const [state, action] = useActionState(askForOwnAddressAction, idle)
  return (
    <Card title={t('title')} titleId="staff-address" lead={t('lead')}>
      <p className="break-words">{known.address ?? t('none')}</p>
      {known.asked === null ? null : (
        <p role="status" className="mt-2 break-words">
          {t('asked', { address: known.asked })}
        </p>
      )}
      {canChange ? (
        <form action={action} className="mt-5 space-y-5">
          <ActionMessage state={state} />
          <TextField
            state={state}
            name="address"
            label={t('address')}
            hint={t('addressHint')}
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
          />
          <SubmitButton tone="secondary">{t('submit')}</SubmitButton>
        </form>
      ) : null}
    </Card>
  )
}

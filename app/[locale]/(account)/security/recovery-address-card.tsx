'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { RecoveryAddressView } from '#lib/recovery/recovery-address.ts'
import { AddressForm } from './address-form.tsx'
import { askForRecoveryAddressAction, removeRecoveryAddressAction } from './recovery-address-actions.ts'

type RecoveryAddressCardProps = { readonly known: RecoveryAddressView | null; readonly canChange: boolean }

export function RecoveryAddressCard({ known, canChange }: RecoveryAddressCardProps) {
  const t = useTranslations('security.recoveryAddress')
  const format = useFormatter()
  const time = (date: Date) => format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Card title={t('title')} titleId="recovery-address" lead={t('lead')}>
      {known === null ? <p className="mb-4">{t('none')}</p> : null}
      {known === null ? null : (
        <div className="mb-5">
          <p className="break-words">{known.address}</p>
          <p className="text-ink-muted">
            {known.usableFrom === null ? t('unverified') : t('usableFrom', { time: time(known.usableFrom) })}
          </p>
          {canChange ? <RemoveForm /> : null}
        </div>
      )}
      {canChange ? (
        <AddressForm
          action={askForRecoveryAddressAction}
          label={t('address')}
          hint={t('addressHint')}
          submit={t('submit')}
        />
      ) : null}
    </Card>
  )
}

function RemoveForm() {
  const t = useTranslations('security.recoveryAddress')
  const [state, action] = useActionState(removeRecoveryAddressAction, idle)
  return (
    <form action={action} className="mt-3 space-y-3">
      <ActionMessage state={state} />
      <SubmitButton tone="secondary">{t('remove')}</SubmitButton>
    </form>
  )
}

'use client'

import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import type { OwnAddressView } from '#lib/staff/own-address.ts'
import { AddressForm } from './address-form.tsx'
import { askForOwnAddressAction } from './staff-address-actions.ts'

type StaffAddressCardProps = { readonly known: OwnAddressView; readonly canChange: boolean }

/** Where one of the staff is told what concerns them. */
export function StaffAddressCard({ known, canChange }: StaffAddressCardProps) {
  const t = useTranslations('security.staffAddress')
  return (
    <Card title={t('title')} titleId="staff-address" lead={t('lead')}>
      <p className="break-words">{known.address ?? t('none')}</p>
      {known.asked === null ? null : (
        <p role="status" className="mt-2 break-words">
          {t('asked', { address: known.asked })}
        </p>
      )}
      {canChange ? (
        <div className="mt-5">
          <AddressForm
            action={askForOwnAddressAction}
            label={t('address')}
            hint={t('addressHint')}
            submit={t('submit')}
          />
        </div>
      ) : null}
    </Card>
  )
}

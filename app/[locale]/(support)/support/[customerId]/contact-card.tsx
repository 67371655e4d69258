'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ApprovalNotice } from '#components/feedback/approval-notice.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import { dialledNumber } from '#lib/mail/phone-number.ts'
import type { AssistedCustomer } from '#lib/support/read-customer.ts'
import { changeContactAction } from '../actions.ts'

type ContactCardProps = Pick<AssistedCustomer, 'customerId' | 'contact'>

/** The telephone number to call back. */
export function ContactCard({ customerId, contact }: ContactCardProps) {
  const t = useTranslations('support.page.contact')
  const format = useFormatter()
  const moment = (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  const [changedAt, verifiedAt] = [contact?.changedAt ?? null, contact?.verifiedAt ?? null]
  const [state, action] = useActionState(changeContactAction, idle)
  return (
    <Card title={t('title')} titleId="contact">
      {contact === null ? (
        <p>{t('none')}</p>
      ) : (
        <a
          href={`tel:${contact.phone}`}
          className="typed inline-flex min-h-11 items-center text-std-20B-160 text-primary underline underline-offset-4"
        >
          {dialledNumber(contact.phone)}
        </a>
      )}
      {changedAt === null ? null : <p className="text-ink-muted">{t('changedAt', { at: moment(changedAt) })}</p>}
      {verifiedAt === null ? null : <p className="text-ink-muted">{t('verifiedAt', { at: moment(verifiedAt) })}</p>}
      <Disclosure summary={t('open')} className="mt-2">
        <form action={action} className="space-y-4 rounded-8 border border-line bg-sunken p-4">
          <ActionMessage state={state} />
          {state.status === 'done' ? <ApprovalNotice outcome={state.result} /> : null}
          <p>{t('consequence')}</p>
          <input type="hidden" name="customerId" value={customerId} />
          <TextField state={state} name="phone" label={t('phone')} inputMode="tel" maxLength={40} required />
          <ReasonField state={state} readBy="customer" />
          <SubmitButton>{t('submit')}</SubmitButton>
        </form>
      </Disclosure>
    </Card>
  )
}

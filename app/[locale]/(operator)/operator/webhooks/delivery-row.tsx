'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Cell } from '#components/ui/data-table.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { DeliveryState, DeliveryView } from '#lib/webhooks/deliveries.ts'
import { redeliverAction } from './actions.ts'

const toneOf = { waiting: 'waiting', delivered: 'good', dead: 'bad' } as const satisfies Record<DeliveryState, string>

export function DeliveryRow({ delivery, to }: { readonly delivery: DeliveryView; readonly to: string }) {
  const t = useTranslations('webhooks')
  const format = useFormatter()
  const [state, action] = useActionState(redeliverAction, idle)
  const { id, type, attempts, createdAt, lastStatus, lastProblem } = delivery
  return (
    <tr>
      <Cell className="whitespace-nowrap">
        {format.dateTime(createdAt, { dateStyle: 'short', timeStyle: 'medium' })}
      </Cell>
      <Cell>{to}</Cell>
      <Cell>{t(`type.${type}`)}</Cell>
      <Cell>
        <StatusBadge tone={toneOf[delivery.state]}>{t(`state.${delivery.state}`)}</StatusBadge>
      </Cell>
      <Cell>{t('attempts', { attempts, answer: lastStatus ?? lastProblem ?? '—' })}</Cell>
      <Cell>
        {delivery.state === 'waiting' ? null : (
          <form action={action}>
            <ActionMessage state={state} />
            <input type="hidden" name="deliveryId" value={id} />
            <SubmitButton tone="secondary">{t('redeliver')}</SubmitButton>
          </form>
        )}
      </Cell>
    </tr>
  )
}

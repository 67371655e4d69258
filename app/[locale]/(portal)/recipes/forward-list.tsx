'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { ForwardView } from '#lib/recipes/list-forwards.ts'
import { withdrawForwardAction } from './actions.ts'

/** All addresses that mail is sent on to, whatever recipe or script says so. */
export function ForwardList({ mailboxId, forwards }: { mailboxId: number; forwards: readonly ForwardView[] }) {
  const t = useTranslations('recipes.forwards')
  const format = useFormatter()
  const [state, withdraw] = useActionState(withdrawForwardAction, idle)
  if (forwards.length === 0) return null
  return (
    <section aria-labelledby="forwards" className="mt-12">
      <h2 id="forwards" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t('lead')}</p>
      <ActionMessage state={state} />
      <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
        {forwards.map((forward) => (
          <li key={forward.address} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="text-std-16B-170 [overflow-wrap:anywhere]">{forward.address}</p>
              <p className="text-ink-muted">
                {t(`since.${forward.state}`, {
                  time: format.dateTime(new Date(forward.since), { dateStyle: 'medium', timeStyle: 'short' }),
                })}
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-3">
              <StatusBadge tone={forward.state === 'confirmed' ? 'good' : 'waiting'}>
                {t(`state.${forward.state}`)}
              </StatusBadge>
              <form action={withdraw}>
                <input type="hidden" name="mailboxId" value={mailboxId} />
                <input type="hidden" name="address" value={forward.address} />
                <SubmitButton tone="secondary">
                  {t(`withdraw.${forward.state}`)}
                  <span className="sr-only">{forward.address}</span>
                </SubmitButton>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

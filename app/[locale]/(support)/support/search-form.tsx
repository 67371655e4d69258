'use client'

import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { EmptyState } from '#components/feedback/empty-state.tsx'
import { ActionMessage } from '#components/form/action-message.tsx'
import { ReasonField } from '#components/form/reason-field.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/form/text-field.tsx'
import { idle } from '#lib/http/action-state.ts'
import { findCustomersAction, openCustomerAction } from './actions.ts'

export function SearchForm() {
  const t = useTranslations('support')
  const [state, action] = useActionState(findCustomersAction, idle)
  const found = state.status === 'done' ? state.result : null
  return (
    <>
      <form action={action} className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
        <ActionMessage state={state} />
        <TextField
          state={state}
          name="query"
          label={t('query')}
          hint={t('queryHint')}
          defaultValue={found?.query}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <ReasonField state={state} readBy="customer" defaultValue={found?.reason} />
        <SubmitButton>{t('search')}</SubmitButton>
      </form>
      <div aria-live="polite" className="mt-6">
        {found?.hits.length === 0 ? (
          <EmptyState icon={SearchX} title={t('none.title')}>
            {t('none.body')}
          </EmptyState>
        ) : null}
        <ul className="space-y-4">
          {found?.hits.map((hit) => (
            <li
              key={hit.customerId}
              className="flex flex-wrap items-center justify-between gap-4 rounded-12 border border-line bg-surface p-5"
            >
              <div className="min-w-0">
                <h2 className="text-std-18B-160">{t('customer', { name: hit.name })}</h2>
                <p className="text-ink-muted">{t('contract', { number: hit.contractNumber })}</p>
                <p>{hit.addresses.join(' ・ ')}</p>
              </div>
              <form action={openCustomerAction}>
                <input type="hidden" name="customerId" value={hit.customerId} />
                <input type="hidden" name="reason" value={found.reason} />
                <SubmitButton>{t('open')}</SubmitButton>
              </form>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

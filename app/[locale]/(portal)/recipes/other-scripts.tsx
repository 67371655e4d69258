'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { ScriptView } from '#lib/recipes/read-recipe-book.ts'
import { activateScriptAction } from './actions.ts'

/** Scripts that are not the portal's: shown as they are, with what the checker says of them, and never changed. */
export function OtherScripts({ mailboxId, scripts }: { mailboxId: number; scripts: readonly ScriptView[] }) {
  const t = useTranslations('recipes.other')
  const locale = useLocale()
  const [state, activate] = useActionState(activateScriptAction, idle)
  if (scripts.length === 0) return null
  return (
    <section aria-labelledby="other-scripts" className="mt-12">
      <h2 id="other-scripts" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t('lead')}</p>
      <ActionMessage state={state} />
      <ul className="space-y-4">
        {scripts.map(({ name, content, isActive, faults }) => (
          <li key={name} className="rounded-12 border border-line bg-surface p-4 sm:p-6">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <h3 className="text-std-16B-170 [overflow-wrap:anywhere]">{name}</h3>
              <StatusBadge tone={isActive ? 'good' : 'off'}>{t(isActive ? 'active' : 'resting')}</StatusBadge>
            </div>
            {faults.map((fault) => (
              <p key={fault.en} className="mt-2 text-danger [overflow-wrap:anywhere]">
                {fault[locale]}
              </p>
            ))}
            <Disclosure summary={t('show')}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
              <pre tabIndex={0} className="typed overflow-x-auto rounded-8 bg-sunken p-3">
                {content}
              </pre>
            </Disclosure>
            <form action={activate} className="mt-3">
              <input type="hidden" name="mailboxId" value={mailboxId} />
              <input type="hidden" name="name" value={isActive ? '' : name} />
              <SubmitButton tone="secondary">{t(isActive ? 'deactivate' : 'activate')}</SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

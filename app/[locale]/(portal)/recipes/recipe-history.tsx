'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { RecipeVersionView } from '#lib/recipes/script-history.ts'
import { returnToRecipesAction } from './actions.ts'

type RecipeHistoryProps = {
  readonly mailboxId: number
  readonly versions: readonly RecipeVersionView[]
  readonly current: number
}

/** What was saved before, and a way back to it. */
export function RecipeHistory({ mailboxId, versions, current }: RecipeHistoryProps) {
  const t = useTranslations('recipes.history')
  const format = useFormatter()
  const [state, goBack] = useActionState(returnToRecipesAction, idle)
  if (versions.length === 0) return null
  return (
    <section aria-labelledby="recipe-history" className="mt-12">
      <h2 id="recipe-history" className="text-std-20B-160">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">{t('lead')}</p>
      <ActionMessage state={state} />
      <ul className="divide-y divide-line rounded-12 border border-line bg-surface px-4 sm:px-6">
        {versions.map(({ version, savedAt, names }) => {
          const time = format.dateTime(new Date(savedAt), { dateStyle: 'medium', timeStyle: 'short' })
          return (
            <li key={version} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
              <div className="min-w-0">
                <time dateTime={savedAt}>{time}</time>
                <p className="text-ink-muted [overflow-wrap:anywhere]">
                  {names.length === 0 ? t('none') : format.list(names, { type: 'unit' })}
                </p>
              </div>
              {version === current ? (
                <StatusBadge tone="good">{t('current')}</StatusBadge>
              ) : (
                <form action={goBack}>
                  <input type="hidden" name="mailboxId" value={mailboxId} />
                  <input type="hidden" name="version" value={version} />
                  <SubmitButton tone="secondary">
                    {t('return')}
                    <span className="sr-only">{time}</span>
                  </SubmitButton>
                </form>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

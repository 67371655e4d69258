'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useActionState, useId, useState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { describedBy, FieldFrame, inputClass } from '#components/form/field-frame.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { Recipe } from '#lib/recipes/recipe.ts'
import { tryRecipesAction } from './actions.ts'
import { TrialTable } from './trial-table.tsx'

/** What the recipes that stand in the editor now would do with a message, before they are saved. */
export function TestBench({ mailboxId, recipes }: { mailboxId: number; recipes: readonly Recipe[] }) {
  const t = useTranslations('recipes.bench')
  const locale = useLocale()
  const [state, tryOut] = useActionState(tryRecipesAction, idle)
  const hidden = (
    <>
      <input type="hidden" name="mailboxId" value={mailboxId} />
      <input type="hidden" name="recipes" value={JSON.stringify(recipes)} />
    </>
  )
  return (
    <section aria-labelledby="test-bench" className="space-y-5 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <div>
        <h2 id="test-bench" className="text-std-20B-160">
          {t('title')}
        </h2>
        <p className="text-ink-muted">{t('lead')}</p>
      </div>
      <ActionMessage state={state} />
      <form action={tryOut}>
        {hidden}
        <input type="hidden" name="message" value="" />
        <SubmitButton tone="secondary">{t('recent')}</SubmitButton>
      </form>
      <Disclosure summary={t('paste')}>
        <form action={tryOut} className="space-y-3">
          {hidden}
          <MessageField />
          <SubmitButton tone="secondary">{t('pasted')}</SubmitButton>
        </form>
      </Disclosure>
      <div aria-live="polite">
        {state.status === 'done' ? <TrialTable trials={state.result} locale={locale} /> : null}
      </div>
    </section>
  )
}

/** What was pasted stays, so that it can be tried again after a change. */
function MessageField() {
  const t = useTranslations('recipes.bench')
  const [message, setMessage] = useState('')
  const id = useId()
  const hint = t('messageHint')
  return (
    <FieldFrame id={id} label={t('message')} hint={hint}>
      <textarea
        id={id}
        name="message"
        value={message}
        onChange={({ target }) => setMessage(target.value)}
        rows={6}
        required
        aria-describedby={describedBy(id, hint, null)}
        className={inputClass}
      />
    </FieldFrame>
  )
}

'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { ValueList } from '#components/ui/value-list.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { GivenCode } from '#lib/http/check-cookie.ts'
import { checkUserName } from '#lib/mail/check-name.ts'
import { issueCheckCodeAction } from './actions.ts'

/** For visitors: the user name by which their attempt is told apart. */
export function CheckCodeForm({ given }: { given: GivenCode | null }) {
  const t = useTranslations('doctor.code')
  const format = useFormatter()
  const [state, action] = useActionState(issueCheckCodeAction, idle)
  const current = state.status === 'done' ? state.result : given
  return (
    <Card title={t('title')} titleId="code" lead={t('lead')} className="mb-8">
      <div className="space-y-4">
        {current === null ? null : (
          <>
            <ValueList values={[{ label: t('userName'), value: checkUserName(current.code) }]} />
            <p>{t('how')}</p>
            <p className="text-ink-muted">
              {t('until', {
                time: format.dateTime(new Date(current.expiresAt), { hour: 'numeric', minute: '2-digit' }),
              })}
            </p>
          </>
        )}
        <form action={action} className="space-y-4">
          <ActionMessage state={state} />
          <SubmitButton tone={current === null ? 'primary' : 'secondary'}>
            {current === null ? t('get') : t('again')}
          </SubmitButton>
        </form>
        <TextLink standalone href="/sign-in?next=/doctor">
          {t('signIn')}
        </TextLink>
      </div>
    </Card>
  )
}

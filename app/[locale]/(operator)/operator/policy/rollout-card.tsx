'use client'

import { useTranslations } from 'next-intl'
import { useActionState } from 'react'
import { ActionMessage } from '#components/form/action-message.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { idle } from '#lib/http/action-state.ts'
import type { Extent } from '#lib/policy/in-force.ts'
import { moveRolloutAction } from './actions.ts'
import { ExtentFields } from './extent-fields.tsx'

type RolloutCardProps = { readonly version: number; readonly ruling: number; readonly extent: Extent }

/** A version that rules for a part: it goes on, ends for everybody, or is taken back, each with one press. */
export function RolloutCard({ version, ruling, extent }: RolloutCardProps) {
  const t = useTranslations('policy.rollout')
  const [state, action] = useActionState(moveRolloutAction, idle)
  const whom =
    extent.kind === 'percent'
      ? t('ofPercent', { percent: extent.percent })
      : t('ofDomains', { domains: extent.domains.join(', ') })
  return (
    <Card titleId="rollout" title={t('title')} lead={t('state', { version, ruling, whom })} className="mb-8">
      <ActionMessage state={state} />
      <div className="flex flex-wrap gap-3">
        <form action={action}>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="to" value="finished" />
          <SubmitButton>{t('finish')}</SubmitButton>
        </form>
        <form action={action}>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="to" value="returned" />
          <SubmitButton tone="secondary">{t('return', { ruling })}</SubmitButton>
        </form>
      </div>
      <Disclosure summary={t('widen')} className="mt-3">
        <form action={action} className="space-y-4">
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="to" value="extent" />
          <ExtentFields state={state} extent={extent} withAll={false} />
          <SubmitButton tone="secondary">{t('apply')}</SubmitButton>
        </form>
      </Disclosure>
      <p className="mt-3 text-ink-muted">{t('reach')}</p>
    </Card>
  )
}

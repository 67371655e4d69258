import { Check, Minus, X } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { serviceOf } from '#components/activity/service-of.ts'
import { DiagnosisText } from '#components/doctor/diagnosis-text.tsx'
import { classNames } from '#components/ui/class-names.ts'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import { hostOf } from '#lib/doctor/diagnose.ts'
import type { Places } from '#lib/doctor/places.ts'
import type { Step, StepState } from '#lib/doctor/steps.ts'
import type { AttemptView } from '#lib/doctor/watch-attempts.ts'

const looks: Record<StepState, { icon: typeof Check; ink: string }> = {
  done: { icon: Check, ink: 'text-success' },
  failed: { icon: X, ink: 'text-danger' },
  plain: { icon: Minus, ink: 'text-ink-muted' },
}

/** One attempt: what is wrong and where to change it, then the steps that led there. */
export function AttemptItem({ attempt, places }: { attempt: AttemptView; places: Places }) {
  const t = useTranslations('doctor')
  const services = useTranslations('events.service')
  const format = useFormatter()
  const { tone, guide, clientId } = attempt.diagnosis
  const clock = (iso: string) => format.dateTime(new Date(iso), { timeStyle: 'medium' })
  const service = services(serviceOf(attempt.listener))
  return (
    <li className="rounded-12 border border-line bg-surface p-5 sm:p-6">
      <p className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <StatusBadge tone={tone}>{t(`tone.${tone}`)}</StatusBadge>
        <time dateTime={attempt.at} className="text-ink-muted">
          {clock(attempt.at)}
        </time>
      </p>
      <DiagnosisText diagnosis={attempt.diagnosis} places={places} className="mt-3" />
      <p className="flex flex-wrap gap-x-6">
        {guide === null ? null : (
          <TextLink standalone href={`/help/${guide}`}>
            {t('help', { code: guide })}
          </TextLink>
        )}
        {tone === 'good' ? null : (
          <TextLink standalone href={clientId === null ? '/guides' : `/guides/${clientId}`}>
            {clientId === null ? t('guides') : t('guide')}
          </TextLink>
        )}
      </p>
      <ol aria-label={t('steps')} className="mt-3 space-y-1 border-t border-line pt-3">
        {attempt.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <StepItem key={index} step={step} host={hostOf(attempt.listener, places)} service={service} />
        ))}
      </ol>
      <p className="mt-3 break-words text-ink-muted">
        {t(`seenBy.${attempt.seenBy}`)} ・ {attempt.address}
      </p>
    </li>
  )
}

function StepItem({ step, host, service }: { step: Step; host: string; service: string }) {
  const t = useTranslations('doctor')
  const { icon: Icon, ink } = looks[step.state]
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={classNames('mt-1 size-5 shrink-0', ink)} />
      <span className="min-w-0 break-words">
        <span className={ink}>{t(`state.${step.state}`)}: </span>
        {t(`step.${step.id}`, { host, service, detail: step.detail ?? '-' })}
      </span>
    </li>
  )
}

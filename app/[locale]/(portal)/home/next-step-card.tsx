import { ArrowRight, CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '#components/ui/button.tsx'
import type { NextStep } from '#lib/activity/next-step.ts'

function targetOf(step: NextStep): string {
  switch (step.kind) {
    case 'issueCredential':
      return '/credentials/new'
    case 'lookAtTrouble':
      return '/activity?show=trouble'
    case 'setUpClient':
      return step.clientId === null ? '/guides' : `/guides/${step.clientId}`
    case 'receiveFirst':
      return '/sending-method'
    default:
      return '/credentials'
  }
}

/** What to do now, with its one button: before all that is only to be known. */
export function NextStepCard({ step }: { step: NextStep }) {
  const t = useTranslations('home.next')
  const isFine = step.kind === 'nothing' || step.kind === 'receiveFirst'
  return (
    <section
      aria-labelledby="next"
      className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5 rounded-12 border-2 border-primary bg-surface p-5 sm:p-7"
    >
      <div className="min-w-0 max-w-[42rem]">
        <p className="flex items-center gap-1.5 text-std-16B-170 text-primary">
          {isFine ? <CircleCheck aria-hidden className="size-5" /> : null}
          {isFine ? t('fine') : t('label')}
        </p>
        <h2 id="next" className="mt-1 text-std-22B-150 sm:text-std-26B-150">
          {t(`${step.kind}.title`)}
        </h2>
        <p className="mt-2">{t(`${step.kind}.body`)}</p>
      </div>
      <ButtonLink href={targetOf(step)} tone={isFine ? 'secondary' : 'primary'} className="screen-only">
        {t(`${step.kind}.button`)}
        <ArrowRight aria-hidden className="size-5" />
      </ButtonLink>
    </section>
  )
}

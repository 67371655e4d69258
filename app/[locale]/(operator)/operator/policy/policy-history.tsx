import { useFormatter, useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { defaultPolicy, type PolicyVersionView } from '#lib/policy/index.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import { DifferenceList } from './difference-list.tsx'
import { ReturnForm } from './return-form.tsx'

/** Every version: who, when, why, and what it changed. */
export function PolicyHistory({ current, versions }: { current: number; versions: readonly PolicyVersionView[] }) {
  const t = useTranslations('policy.history')
  const rollout = useTranslations('policy.rollout')
  const format = useFormatter()
  return (
    <section aria-labelledby="history" className="mt-14">
      <h2 id="history" className="mb-4 text-std-22B-150">
        {t('title')}
      </h2>
      {versions.length === 0 ? <p className="text-ink-muted">{t('empty')}</p> : null}
      <ol className="space-y-4">
        {versions.map(({ version, document, note, authorName, createdAt, state }, index) => (
          <li key={version} className="rounded-12 border border-line bg-surface p-5">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <h3 className="text-std-18B-160">{t('version', { version })}</h3>
              {version === current ? <StatusBadge tone="good">{t('inForce')}</StatusBadge> : null}
              {state === 'ruled' ? null : (
                <StatusBadge tone={state === 'rolling' ? 'waiting' : 'off'}>{rollout(state)}</StatusBadge>
              )}
            </div>
            <p>{note}</p>
            <p className="text-ink-muted">
              {format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' })} ・ {authorName ?? t('system')}
            </p>
            <Disclosure summary={t('diff')}>
              <DifferenceList
                differences={policyDiff(versions[index + 1]?.document ?? defaultPolicy, document)}
                none={t('noDiff')}
              />
            </Disclosure>
            {version === current ? null : <ReturnForm version={version} basedOn={current} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

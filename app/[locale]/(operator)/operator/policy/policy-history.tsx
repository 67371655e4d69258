import { useFormatter, useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { defaultPolicy, type PolicyVersionView } from '#lib/policy/index.ts'
import { type PolicyDifference, policyDiff } from './policy-diff.ts'
import { ReturnForm } from './return-form.tsx'

/** Every version: who, when, why, and what it changed. */
export function PolicyHistory({ current, versions }: { current: number; versions: readonly PolicyVersionView[] }) {
  const t = useTranslations('policy.history')
  const format = useFormatter()
  return (
    <section aria-labelledby="history" className="mt-14">
      <h2 id="history" className="mb-4 text-std-22B-150">
        {t('title')}
      </h2>
      {versions.length === 0 ? <p className="text-ink-muted">{t('empty')}</p> : null}
      <ol className="space-y-4">
        {versions.map(({ version, document, note, authorName, createdAt }, index) => (
          <li key={version} className="rounded-12 border border-line bg-surface p-5">
            <div className="flex flex-wrap items-center justify-between gap-3">
              <h3 className="text-std-18B-160">{t('version', { version })}</h3>
              {version === current ? <StatusBadge tone="good">{t('inForce')}</StatusBadge> : null}
            </div>
            <p>{note}</p>
            <p className="text-ink-muted">
              {format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' })} ・ {authorName ?? t('system')}
            </p>
            <Disclosure summary={t('diff')}>
              <Differences differences={policyDiff(versions[index + 1]?.document ?? defaultPolicy, document)} />
            </Disclosure>
            {version === current ? null : <ReturnForm version={version} basedOn={current} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Differences({ differences }: { differences: readonly PolicyDifference[] }) {
  const t = useTranslations('policy.history')
  if (differences.length === 0) return <p className="text-ink-muted">{t('noDiff')}</p>
  return (
    <dl className="space-y-2">
      {differences.map(({ path, before, after }) => (
        <div key={path}>
          <dt className="typed break-words text-ink-muted">{path}</dt>
          <dd className="flex flex-wrap gap-x-3">
            <del className="text-danger">{before}</del>
            <span aria-hidden>→</span>
            <ins className="text-success">{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

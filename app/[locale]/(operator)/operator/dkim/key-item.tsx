import { useFormatter, useTranslations } from 'next-intl'
import { CopyablePart } from '#components/ui/copyable-part.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { DkimKeyView } from '#lib/dkim/list-dkim-keys.ts'
import type { PublicationState } from '#lib/dns/publication-state.ts'

const tones: Record<PublicationState, BadgeTone> = {
  published: 'good',
  missing: 'bad',
  differs: 'bad',
  unknown: 'waiting',
}

/** One key and its DNS record: the name, the text, and the text as a zone file takes it. */
export function KeyItem({ view }: { view: DkimKeyView }) {
  const t = useTranslations('dkim')
  const format = useFormatter()
  const { algorithm, selector, publication, neededUntil } = view
  return (
    <li className="space-y-3 rounded-8 border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="typed break-all">{selector}</span>
        <span className="text-ink-muted">{t(`algorithm.${algorithm}`)}</span>
        {neededUntil === null ? (
          <StatusBadge tone={tones[publication]}>{t(`publication.${publication}`)}</StatusBadge>
        ) : (
          <span className="text-ink-muted">
            {t('neededUntil', { date: format.dateTime(new Date(neededUntil), { dateStyle: 'medium' }) })}
          </span>
        )}
      </div>
      {view.state === 'RETIRED' ? null : (
        <Disclosure summary={t('record', { selector })} open={view.state === 'NEXT'}>
          <dl className="space-y-3">
            <CopyablePart label={t('recordName')} value={view.recordName} />
            <CopyablePart label={t('recordText')} value={view.recordText} />
            <CopyablePart label={t('zoneFileText')} value={view.zoneFileText} />
          </dl>
        </Disclosure>
      )}
    </li>
  )
}

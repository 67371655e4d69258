import { useTranslations } from 'next-intl'
import { CopyablePart } from '#components/ui/copyable-part.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { PublicationState } from '#lib/dns/publication-state.ts'
import type { DnsRecordView } from '#lib/published-dns/list-dns-records.ts'

const tones: Record<PublicationState, BadgeTone> = {
  published: 'good',
  missing: 'bad',
  differs: 'bad',
  unknown: 'waiting',
}

/** One record: how it stands, its name, what to enter, and what stands there instead. */
export function RecordItem({ record: { name, type, value, state, instead } }: { record: DnsRecordView }) {
  const t = useTranslations('dns')
  return (
    <li className="space-y-3 rounded-8 border border-line p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="typed font-700">{type === 'A' ? t('address') : type}</span>
        <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      </div>
      <dl className="space-y-3">
        <CopyablePart label={t('name')} value={name} />
        {value === null ? null : <CopyablePart label={t('value')} value={value} />}
        {instead.map((text) => (
          <div key={text}>
            <dt className="text-ink-muted">{t('instead')}</dt>
            <dd translate="no" className="typed break-all">
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

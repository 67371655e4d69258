import { useTranslations } from 'next-intl'
import { CopyButton } from '#components/ui/copy-button.tsx'
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
        <Part label={t('name')} value={name} />
        {value === null ? null : <Part label={t('value')} value={value} />}
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

function Part({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <span translate="no" className="typed min-w-0 flex-1 basis-64 break-all">
          {value}
        </span>
        <CopyButton value={value} of={label} />
      </dd>
    </div>
  )
}

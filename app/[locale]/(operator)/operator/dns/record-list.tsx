import { useTranslations } from 'next-intl'
import { Card } from '#components/ui/card.tsx'
import { type RecordPurpose, recordPurposes } from '#lib/published-dns/dns-records.ts'
import type { DnsRecordView } from '#lib/published-dns/list-dns-records.ts'
import { RecordItem } from './record-item.tsx'

/** The records by what they are good for. */
export function RecordList({ records }: { records: readonly DnsRecordView[] }) {
  const t = useTranslations('dns')
  const ofPurpose = (purpose: RecordPurpose) => records.filter((record) => record.purpose === purpose)
  return (
    <div className="space-y-6">
      {recordPurposes.map((purpose) =>
        ofPurpose(purpose).length === 0 ? null : (
          <Card
            key={purpose}
            title={t(`purpose.${purpose}.title`)}
            titleId={`dns-${purpose}`}
            lead={t(`purpose.${purpose}.lead`)}
          >
            <ul className="space-y-4">
              {ofPurpose(purpose).map((record) => (
                <RecordItem key={`${record.type} ${record.name}`} record={record} />
              ))}
            </ul>
          </Card>
        ),
      )}
    </div>
  )
}

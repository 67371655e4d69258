import { useFormatter, useTranslations } from 'next-intl'
import type { Places } from '#lib/doctor/places.ts'
import type { DiagnosedSession } from '#lib/doctor/sessions.ts'

type DiagnosisTextProps = {
  readonly diagnosis: DiagnosedSession['diagnosis']
  readonly places: Places
  /** of its heading */
  readonly level?: 'h3' | 'h4'
  readonly className?: string
}

/** What the doctor says: what is wrong, what to do, and which field of the mail program to change. */
export function DiagnosisText({ diagnosis, places, level: Heading = 'h3', className }: DiagnosisTextProps) {
  const t = useTranslations('doctor')
  const format = useFormatter()
  const { id, field, ownAddress, endedAt } = diagnosis
  const time = endedAt === null ? '' : format.dateTime(new Date(endedAt), { timeStyle: 'medium' })
  const values = { ...places, address: ownAddress ?? '', time }
  return (
    <div className={className}>
      <Heading className="phrases text-std-18B-160">{t(`diagnosis.${id}.what`, values)}</Heading>
      <p className="mt-1">{t(`diagnosis.${id}.todo`, values)}</p>
      {field === null ? null : (
        <p className="mt-2">
          <span className="text-ink-muted">{t('fieldToChange')}: </span>
          <strong>{t(`field.${field}`)}</strong>
        </p>
      )}
    </div>
  )
}

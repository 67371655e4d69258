import { useFormatter, useTranslations } from 'next-intl'
import { useByteFormat } from '#components/mail/use-byte-format.ts'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { TextLink } from '#components/ui/text-link.tsx'
import type { UsageDay } from '#lib/usage/list-usage.ts'
import { UsageChart } from './usage-chart.tsx'

/** A month of a mailbox, drawn, and the same in numbers. */
export function UsageHistory({ address, days }: { address: string; days: readonly UsageDay[] }) {
  const t = useTranslations('mailbox.history')
  const format = useFormatter()
  const inBytes = useByteFormat()
  const dayName = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  const newestFirst = days.toReversed()
  return (
    <section aria-label={`${t('title')}: ${address}`} className="mt-12">
      <h2 className="text-std-20B-160">{t('title')}</h2>
      <p className="break-all">{address}</p>
      <p className="mt-1 mb-5 text-ink-muted">{t('lead')}</p>
      <div className="grid gap-6 lg:grid-cols-3">
        <UsageChart kind="used" days={days} />
        <UsageChart kind="sent" days={days} />
        <UsageChart kind="refused" days={days} />
      </div>
      <div className="mt-4">
        <Disclosure summary={t('table')}>
          <DataTable caption={`${t('numbers')}: ${address}`} head={[t('day'), t('used'), t('sent'), t('refused')]}>
            {newestFirst.map(({ day, usedBytes, sent, refused }) => (
              <tr key={day}>
                <Cell className="whitespace-nowrap">{dayName(day)}</Cell>
                <Cell>{usedBytes === null ? t('noSample') : inBytes(usedBytes)}</Cell>
                <Cell>{format.number(sent)}</Cell>
                <Cell>{format.number(refused)}</Cell>
              </tr>
            ))}
          </DataTable>
        </Disclosure>
        <TextLink standalone href="/activity">
          {t('why')}
        </TextLink>
      </div>
    </section>
  )
}

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '#components/ui/button.tsx'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { Language } from '#lib/guides/bilingual.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import type { DryRun, DryRunInput, Loss } from '#lib/move/dry-run.ts'
import { lossesPath } from './dry-run-query.ts'

const MAX_SHOWN = 100

/** Who would lose what: by program in numbers, then one by one. The file has all of them. */
export function LossList({ query, result }: { query: DryRunInput; result: DryRun }) {
  const t = useTranslations('move.dryRun')
  const reasons = useTranslations('events.reason')
  const format = useFormatter()
  const locale = useLocale()
  const { losses, seen } = result
  if (losses.length === 0) return <Notice tone="success" title={t('nobody', { seen })} role="status" />
  const programs = [...Map.groupBy(losses, (loss) => programOf(loss, locale))].toSorted(
    ([, one], [, other]) => other.length - one.length,
  )
  const mailboxes = new Set(losses.map(({ mailboxId }) => mailboxId)).size
  return (
    <div className="space-y-6">
      <Notice tone="warning" role="status" title={t('found', { mailboxes, devices: losses.length, seen })}>
        <a className={buttonClass('secondary')} href={lossesPath(query)} download>
          {t('download')}
        </a>
      </Notice>
      <DataTable caption={t('byProgram')} head={[t('program'), t('receiving'), t('sending')]}>
        {programs.map(([program, those]) => (
          <tr key={program}>
            <Cell>{program === '' ? t('unknownProgram') : program}</Cell>
            <Cell>{format.number(those.filter(({ direction }) => direction === 'receiving').length)}</Cell>
            <Cell>{format.number(those.filter(({ direction }) => direction === 'sending').length)}</Cell>
          </tr>
        ))}
      </DataTable>
      <DataTable caption={t('oneByOne')} head={[t('address'), t('device'), t('loses'), t('because'), t('lastUse')]}>
        {losses.slice(0, MAX_SHOWN).map((loss) => (
          <tr key={`${loss.mailboxId} ${loss.label} ${loss.direction}`}>
            <Cell className="break-all">{loss.address}</Cell>
            <Cell>{loss.label ?? t('inheritedPassword')}</Cell>
            <Cell className="whitespace-nowrap">{t(loss.direction)}</Cell>
            <Cell className="min-w-56">{reasons(`${loss.reason}.what`)}</Cell>
            <Cell className="whitespace-nowrap">{format.dateTime(loss.lastAt, { dateStyle: 'medium' })}</Cell>
          </tr>
        ))}
      </DataTable>
      {losses.length > MAX_SHOWN ? (
        <p className="text-ink-muted">{t('more', { count: losses.length - MAX_SHOWN })}</p>
      ) : null}
    </div>
  )
}

function programOf({ clientId, clientName }: Loss, locale: Language): string {
  const name = clientId === null ? undefined : findClient(clientId)?.name
  return (typeof name === 'object' ? name[locale] : name) ?? clientName ?? ''
}

import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import type { Effect, Trial } from '#lib/recipes/try-recipes.ts'

/** Message by message: what would happen, and by which recipes. */
export function TrialTable({ trials, locale }: { trials: readonly Trial[]; locale: 'ja' | 'en' }) {
  const t = useTranslations('recipes.bench')
  const format = useFormatter()
  if (trials.length === 0) return <p>{t('empty')}</p>
  const does = (effect: Effect) => {
    if (effect.kind === 'fileinto') return t('does.fileinto', { folder: effect.folder })
    return effect.kind === 'redirect' ? t('does.redirect', { address: effect.address }) : t(`does.${effect.kind}`)
  }
  return (
    <>
      <p className="mb-2 text-ink-muted">{t('privacy')}</p>
      <DataTable caption={t('outcome')} head={[t('from'), t('subject'), t('outcome'), t('rule'), t('arrived')]}>
        {trials.map(({ key, from, subject, arrivedAt, effects, metBy, fault }) => (
          <tr key={key}>
            <Cell className="max-w-56 truncate">{from}</Cell>
            <Cell className="max-w-72 truncate">{subject}</Cell>
            <Cell>
              {format.list(effects.map(does), { type: 'unit' })}
              {fault ? <p className="text-danger">{fault[locale]}</p> : null}
            </Cell>
            <Cell>{metBy.length === 0 ? t('noRule') : format.list(metBy, { type: 'unit' })}</Cell>
            <Cell className="whitespace-nowrap">
              {arrivedAt === null
                ? ''
                : format.dateTime(new Date(arrivedAt), { dateStyle: 'short', timeStyle: 'short' })}
            </Cell>
          </tr>
        ))}
      </DataTable>
    </>
  )
}

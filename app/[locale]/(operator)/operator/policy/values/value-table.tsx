import { useFormatter, useTranslations } from 'next-intl'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import type { PolicyVersionView } from '#lib/policy/index.ts'
import type { ValueWithOrigin } from '#lib/policy/policy-origins.ts'
import { usePolicyWords } from '../use-policy-words.ts'

/** Every value that rules, and who made it so, when and why. */
export function ValueTable({ values }: { values: readonly ValueWithOrigin<PolicyVersionView>[] }) {
  const t = useTranslations('policy.values')
  const format = useFormatter()
  const { name, value } = usePolicyWords()
  const originOf = (origin: PolicyVersionView | null) => {
    if (origin === null) return t('default')
    const { version, authorName, createdAt, note } = origin
    const at = format.dateTime(createdAt, { dateStyle: 'medium', timeStyle: 'short' })
    return t('origin', { version, author: authorName ?? t('system'), at, note })
  }
  return (
    <DataTable
      caption={t('title')}
      head={[t('rule'), t('value'), t('originHead')]}
      className="rounded-12 border border-line bg-surface"
    >
      {values.map(({ path, value: given, origin }) => (
        <tr key={path}>
          <Cell className="min-w-32 sm:min-w-72">{name(path)}</Cell>
          <Cell className="min-w-24">{value(path, given)}</Cell>
          <Cell className="min-w-24 text-ink-muted">{originOf(origin)}</Cell>
        </tr>
      ))}
    </DataTable>
  )
}

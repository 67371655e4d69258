import { useFormatter, useTranslations } from 'next-intl'
import { Cell } from '#components/ui/data-table.tsx'
import type { EncryptionView } from '#lib/delivery/summarise-encryption.ts'

/** One destination: how many of its sessions were as they should be, drawn and in figures, and what the others had. */
export function EncryptionRow({ view: { domain, policy, succeeded, failures } }: { view: EncryptionView }) {
  const t = useTranslations('encryption')
  const format = useFormatter()
  const total = failures.reduce((sum, { sessions }) => sum + sessions, succeeded)
  const share = succeeded / total
  return (
    <tr>
      <Cell className="typed break-all">{domain}</Cell>
      <Cell className="whitespace-nowrap">{t(`policyMode.${policy}`)}</Cell>
      <Cell className="min-w-44">
        <svg aria-hidden viewBox="0 0 100 8" preserveAspectRatio="none" className="h-2 w-40">
          <rect width="100" height="8" className={failures.length > 0 ? 'fill-danger' : 'fill-line'} />
          <rect width={share * 100} height="8" className="fill-success" />
        </svg>
        <span className="whitespace-nowrap">
          {t('shareOf', { share: format.number(share, { style: 'percent' }), succeeded, total })}
        </span>
      </Cell>
      <Cell>
        {failures.length === 0 ? (
          <span className="text-ink-muted">{t('noFailure')}</span>
        ) : (
          <ul>
            {failures.map(({ result, sessions }) => (
              <li key={result}>{t('failureCount', { failure: t(`failure.${result}`), sessions })}</li>
            ))}
          </ul>
        )}
      </Cell>
    </tr>
  )
}

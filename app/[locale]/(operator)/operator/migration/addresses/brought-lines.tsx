'use client'

import { useLocale, useTranslations } from 'next-intl'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Cell, DataTable } from '#components/ui/data-table.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { type BadgeTone, StatusBadge } from '#components/ui/status-badge.tsx'
import type { BroughtMap, PastedLine, PastedMap } from '#lib/address-maps/bring-pasted-map.ts'

const tones: Readonly<Record<PastedLine['outcome'], BadgeTone>> = {
  alias: 'good',
  forward: 'good',
  confirmed: 'good',
  waitingForward: 'waiting',
  nothing: 'off',
  refused: 'bad',
}

type BroughtLinesProps = { readonly brought: BroughtMap; readonly action: (form: FormData) => void }

/** What would become of each line, with the button that does it; or what became of it. */
export function BroughtLines({ brought: { order, lines }, action }: BroughtLinesProps) {
  const t = useTranslations('addressMap.result')
  const count = (...outcomes: PastedLine['outcome'][]) =>
    lines.filter(({ outcome }) => outcomes.includes(outcome)).length
  const [done, refused] = [count('alias', 'forward', 'waitingForward', 'confirmed'), count('refused')]
  return (
    <section aria-labelledby="result" className="space-y-5">
      <h2 id="result" className="text-std-22B-150">
        {t(order.isDryRun ? 'wouldTitle' : 'doneTitle')}
      </h2>
      <Notice
        tone={refused === 0 ? 'success' : 'warning'}
        role="status"
        title={t(order.isDryRun ? 'wouldCounts' : 'doneCounts', { done, refused })}
      >
        {order.isDryRun ? t('nothingYet') : null}
      </Notice>
      <DataTable caption={t('caption')} head={[t('line'), t('address'), t('targets'), t('outcome')]}>
        {lines.map((line) => (
          <tr key={line.line}>
            <Cell>{line.line}</Cell>
            <Cell className="break-all">{line.address}</Cell>
            <Cell className="break-all">{line.targets.join(', ')}</Cell>
            <Cell className="min-w-56">
              <Outcome line={line} />
            </Cell>
          </tr>
        ))}
      </DataTable>
      {order.isDryRun && done > 0 ? (
        <ImportForm order={order} action={action} label={t('import', { count: done })} />
      ) : null}
    </section>
  )
}

function Outcome({ line: { outcome, keepsCopy, refusal } }: { line: PastedLine }) {
  const t = useTranslations('addressMap.result')
  const locale = useLocale()
  return (
    <>
      <StatusBadge tone={tones[outcome]}>{t(`outcomes.${outcome}`)}</StatusBadge>
      {refusal === null ? null : <p>{locale === 'ja' ? refusal.ja : refusal.en}</p>}
      {outcome === 'forward' ? <p>{t(keepsCopy ? 'keepsCopy' : 'keepsNone')}</p> : null}
    </>
  )
}

type ImportFormProps = {
  readonly order: PastedMap
  readonly action: BroughtLinesProps['action']
  readonly label: string
}

/** The same table once more, for good. */
function ImportForm({ order: { text, format, domain, reason, isConfirmed }, action, label }: ImportFormProps) {
  return (
    <form action={action}>
      {Object.entries({ text, format, domain, reason, deed: 'import' }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {isConfirmed ? <input type="hidden" name="agreed[]" value="yes" /> : null}
      <SubmitButton>{label}</SubmitButton>
    </form>
  )
}

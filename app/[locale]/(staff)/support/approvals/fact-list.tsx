import { useFormatter, useTranslations } from 'next-intl'
import type { Fact } from '#lib/approved-deeds/facts.ts'
import type { ApprovalView } from '#lib/approved-deeds/list-approvals.ts'

/** What exactly is to be done, on whom, why, and who says so. */
export function FactList({ approval }: { approval: ApprovalView }) {
  const t = useTranslations('approvals')
  const wordsOf = useFactWords()
  const rows = [
    ...approval.facts.map((fact) => [t(`fact.${fact.name}`), wordsOf(fact)] as const),
    ...useCircumstances(approval),
  ]
  return (
    <dl className="my-3 grid gap-x-4 gap-y-1 rounded-8 bg-sunken p-4 sm:grid-cols-[10rem_1fr]">
      {rows.map(([name, value]) => (
        <div key={name} className="sm:contents">
          <dt className="text-ink-muted">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function useCircumstances({ reason, state, isOwn, requestedBy, decidedBy, expiresAt }: ApprovalView) {
  const t = useTranslations('approvals.about')
  const format = useFormatter()
  const rows: (readonly [string, string])[] = [[t('reason'), reason]]
  if (!isOwn) rows.push([t('requestedBy'), requestedBy])
  if (state === 'approved' || state === 'done') rows.push([t('approvedBy'), decidedBy])
  if (state === 'refused') rows.push([t('refusedBy'), decidedBy])
  if (state === 'waiting' || state === 'approved') {
    rows.push([t('until'), format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short' })])
  }
  return rows
}

function useFactWords() {
  const operations = useTranslations('approvals.operation')
  const roles = useTranslations('staff.role')
  const purposes = useTranslations('support.page.setUpCode')
  return (fact: Fact): string => {
    if (fact.name === 'role' || fact.name === 'formerRole') return roles(fact.value)
    if (fact.name === 'purpose') return purposes(fact.value)
    if (fact.name === 'operation') return operations(fact.value)
    return fact.value
  }
}

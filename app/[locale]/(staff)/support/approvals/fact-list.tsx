import { useTranslations } from 'next-intl'
import type { Fact } from '#lib/approved-deeds/facts.ts'

/** What exactly is to be done, and on whom. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  const t = useTranslations('approvals.fact')
  const wordsOf = useFactWords()
  return (
    <dl className="my-3 grid gap-x-4 gap-y-1 rounded-8 bg-sunken p-4 sm:grid-cols-[10rem_1fr]">
      {facts.map((fact) => (
        <div key={fact.name} className="sm:contents">
          <dt className="text-ink-muted">{t(fact.name)}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{wordsOf(fact)}</dd>
        </div>
      ))}
    </dl>
  )
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

'use client'

import type { PolicyDifference } from '#lib/policy/policy-diff.ts'
import { usePolicyWords } from './use-policy-words.ts'

type DifferenceListProps = {
  readonly differences: readonly PolicyDifference[]
  /** what is said when there are none */
  readonly none: string
}

/** What changes, in words: before and after. */
export function DifferenceList({ differences, none }: DifferenceListProps) {
  const { name, value } = usePolicyWords()
  if (differences.length === 0) return <p className="text-ink-muted">{none}</p>
  return (
    <dl className="divide-y divide-line rounded-12 border border-line bg-surface px-5">
      {differences.map(({ path, before, after }) => (
        <div key={path} className="py-3">
          <dt className="break-words text-ink-muted">{name(path)}</dt>
          <dd className="flex flex-wrap gap-x-3">
            <del className="text-danger">{value(path, before)}</del>
            <span aria-hidden>→</span>
            <ins className="text-success">{value(path, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

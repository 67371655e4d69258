import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { StatusBadge } from '#components/ui/status-badge.tsx'
import { Link } from '#lib/i18n/navigation.ts'

export type ChoiceOption = {
  readonly id: string
  readonly href: string
  readonly name: string
  readonly summary: ReactNode
  readonly isChosen: boolean
  /** why it cannot be chosen; null when it can */
  readonly refusal: string | null
  readonly recommended?: string
}

/** Two or three ways to go on, of which one is shown: links, so that each has its own address and can be printed. */
export function Choice({
  id,
  title,
  lead,
  options,
  chosenNote,
}: {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly options: readonly ChoiceOption[]
  readonly chosenNote: string
}) {
  return (
    <section aria-labelledby={id} className="screen-only mb-8">
      <h2 id={id} className="mb-2 text-std-20B-160">
        {title}
      </h2>
      {lead ? <p className="mb-4 text-ink-muted">{lead}</p> : null}
      <ul className="grid gap-3 sm:grid-cols-2">
        {options.map((option) => (
          <li key={option.id}>
            <Option {...option} chosenNote={chosenNote} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Option({
  href,
  name,
  summary,
  isChosen,
  refusal,
  recommended,
  chosenNote,
}: ChoiceOption & { chosenNote: string }) {
  const box = 'flex h-full min-h-11 gap-3 rounded-12 border-2 p-4 text-ink'
  const content = (
    <>
      <span
        aria-hidden
        className={classNames(
          'mt-1 flex size-6 shrink-0 items-center justify-center rounded-full border-2',
          isChosen ? 'border-primary bg-primary text-on-primary' : 'border-line-strong',
        )}
      >
        {isChosen ? <Check className="size-4" strokeWidth={3} /> : null}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="text-std-17B-170">{name}</span>
          {recommended && refusal === null ? <StatusBadge tone="good">{recommended}</StatusBadge> : null}
        </span>
        <span className="mt-1 block text-ink-muted">{refusal ?? summary}</span>
        {isChosen ? <span className="sr-only">{chosenNote}</span> : null}
      </span>
    </>
  )
  if (isChosen) return <div className={`${box} border-primary bg-primary-soft`}>{content}</div>
  if (refusal !== null) return <div className={`${box} border-line bg-sunken`}>{content}</div>
  return (
    <Link
      href={href}
      prefetch={false}
      className={`${box} border-line bg-surface no-underline hover:border-primary hover:bg-primary-soft`}
    >
      {content}
    </Link>
  )
}

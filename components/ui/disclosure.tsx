import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type DisclosureProps = {
  readonly summary: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
  readonly className?: string
}

/** Something folded away that opens without JavaScript; what is folded is printed all the same when open. */
export function Disclosure({ summary, children, open, className }: DisclosureProps) {
  return (
    <details open={open} className={classNames('group', className)}>
      <summary className="inline-flex min-h-11 list-none items-center gap-2 rounded-8 text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden className="size-5 shrink-0 transition-transform group-open:rotate-180" />
        {summary}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  )
}

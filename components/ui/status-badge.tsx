import { CircleCheck, CircleMinus, CircleX, Clock, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type BadgeTone = 'good' | 'waiting' | 'bad' | 'off'

const tones: Record<BadgeTone, { icon: LucideIcon; style: string }> = {
  good: { icon: CircleCheck, style: 'border-success-line bg-success-soft text-success' },
  waiting: { icon: Clock, style: 'border-warning-line bg-warning-soft text-warning' },
  bad: { icon: CircleX, style: 'border-danger-line bg-danger-soft text-danger' },
  off: { icon: CircleMinus, style: 'border-line bg-sunken text-ink-muted' },
}

/** A state in a word, a shape and a colour: never by colour alone. */
export function StatusBadge({ tone, children }: { tone: BadgeTone; children: ReactNode }) {
  const { icon: Icon, style } = tones[tone]
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border px-3 py-0.5 text-std-16B-170',
        style,
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {children}
    </span>
  )
}

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger'

const tones = {
  info: { icon: Info, box: 'border-primary-line bg-primary-soft', ink: 'text-primary' },
  success: { icon: CircleCheck, box: 'border-success-line bg-success-soft', ink: 'text-success' },
  warning: { icon: TriangleAlert, box: 'border-warning-line bg-warning-soft', ink: 'text-warning' },
  danger: { icon: CircleAlert, box: 'border-danger-line bg-danger-soft', ink: 'text-danger' },
} as const

type NoticeProps = {
  readonly tone?: NoticeTone
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly className?: string
  /** `alert` is read aloud at once, `status` when the reader pauses. */
  readonly role?: 'alert' | 'status'
}

export function Notice({ tone = 'info', title, children, className, role }: NoticeProps) {
  const { icon: Icon, box, ink } = tones[tone]
  return (
    <div role={role} className={classNames('flex gap-3 rounded-8 border p-4 sm:p-5', box, className)}>
      <Icon aria-hidden className={classNames('mt-1 size-5 shrink-0', ink)} />
      <div className="min-w-0 space-y-2">
        <p className={classNames('text-std-16B-170', ink)}>{title}</p>
        {children ? <div className="space-y-2">{children}</div> : null}
      </div>
    </div>
  )
}

'use client'

import { type ComponentProps, useEffect, useRef } from 'react'
import { classNames } from '#components/ui/class-names.ts'
import { Notice } from '#components/ui/notice.tsx'

type DoneNoticeProps = Omit<ComponentProps<typeof Notice>, 'role'> & {
  /** what came out of the form; another one takes the focus again */
  readonly of: unknown
}

/** That a form did what it should; takes the focus, because the form may be gone or its button far below. */
export function DoneNotice({ of: outcome, className, ...notice }: DoneNoticeProps) {
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each outcome is told anew
  useEffect(() => {
    const shown = place.current
    shown?.focus({ preventScroll: true })
    // What is taller than the screen is read from its beginning.
    shown?.scrollIntoView({ block: shown.offsetHeight > innerHeight / 2 ? 'start' : 'nearest' })
  }, [outcome])
  return (
    <div ref={place} tabIndex={-1} className={classNames('rounded-8', className)}>
      <Notice tone="success" role="status" {...notice} />
    </div>
  )
}

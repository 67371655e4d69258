'use client'

import { type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react'
import { usePathname } from '#lib/i18n/navigation.ts'

type FoldedMenuProps = {
  readonly summary: ReactNode
  readonly summaryClassName: string
  readonly className: string
  readonly children: ReactNode
}

/**
 * A menu that opens over the page, by itself without JavaScript. With it, it closes on a new page, on Escape and when
 * the reader turns away.
 */
export function FoldedMenu({ summary, summaryClassName, className, children }: FoldedMenuProps) {
  const box = useRef<HTMLDetailsElement>(null)
  const pathname = usePathname()
  const close = () => box.current?.removeAttribute('open')
  const closeOnEscape = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return
    close()
    box.current?.querySelector('summary')?.focus()
  }
  const closeOnLeaving = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) close()
  }
  const closeOnTheSamePage = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a[aria-current=page]') !== null) close()
  }
  return (
    <details
      key={pathname}
      ref={box}
      name="main-menu"
      className={className}
      onKeyDown={closeOnEscape}
      onBlur={closeOnLeaving}
      onClick={closeOnTheSamePage}
    >
      <summary className={`${summaryClassName} list-none [&::-webkit-details-marker]:hidden`}>{summary}</summary>
      {children}
    </details>
  )
}

'use client'

import { ChevronDown } from 'lucide-react'
import { type FocusEvent, type KeyboardEvent, useRef } from 'react'
import type { NavGroup } from './nav-entry.ts'
import { lineStyle, PageItem } from './nav-item.tsx'

/** A group that opens below the line; by itself without JavaScript, and with it closes when the reader turns away. */
export function NavGroupMenu({ group, current }: { group: NavGroup; current: string | null }) {
  const box = useRef<HTMLDetailsElement>(null)
  const close = () => box.current?.removeAttribute('open')
  const closeOnEscape = ({ key }: KeyboardEvent) => {
    if (key !== 'Escape') return
    close()
    box.current?.querySelector('summary')?.focus()
  }
  const closeOnLeaving = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) close()
  }
  const isHere = group.items.some(({ href }) => href === current)
  return (
    <details ref={box} name="main-menu" className="group relative" onKeyDown={closeOnEscape} onBlur={closeOnLeaving}>
      <summary className={`${lineStyle(isHere)} list-none gap-1 [&::-webkit-details-marker]:hidden`}>
        {group.label}
        <ChevronDown aria-hidden className="size-5 transition-transform group-open:rotate-180" />
      </summary>
      <ul
        aria-label={group.label}
        className="absolute top-full left-0 min-w-60 rounded-b-12 border border-line bg-surface p-2 shadow-1"
      >
        {group.items.map((item) => (
          <PageItem key={item.href} item={item} current={current} />
        ))}
      </ul>
    </details>
  )
}

'use client'

import { ChevronDown } from 'lucide-react'
import { FoldedMenu } from './folded-menu.tsx'
import type { NavGroup } from './nav-entry.ts'
import { lineStyle, PageItem } from './nav-item.tsx'

/** A group that opens below the line. */
export function NavGroupMenu({ group, current }: { group: NavGroup; current: string | null }) {
  const isHere = group.items.some(({ href }) => href === current)
  const summary = (
    <>
      {group.label}
      <ChevronDown aria-hidden className="size-5 transition-transform group-open:rotate-180" />
    </>
  )
  return (
    <FoldedMenu summary={summary} summaryClassName={`${lineStyle(isHere)} gap-1`} className="group relative">
      <ul
        aria-label={group.label}
        className="absolute top-full left-0 min-w-60 rounded-b-12 border border-line bg-surface p-2 shadow-1"
      >
        {group.items.map((item) => (
          <PageItem key={item.href} item={item} current={current} />
        ))}
      </ul>
    </FoldedMenu>
  )
}

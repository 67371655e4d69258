'use client'

import { classNames } from '#components/ui/class-names.ts'
import { Link } from '#lib/i18n/navigation.ts'
import type { NavItem } from './nav-entry.ts'

const line =
  'flex min-h-12 items-center border-b-3 px-4 text-std-16B-170 whitespace-nowrap no-underline hover:bg-primary-soft hover:text-primary'

export function lineStyle(isCurrent: boolean): string {
  return classNames(line, isCurrent ? 'border-primary text-primary' : 'border-transparent text-ink')
}

export function PageItem({ item: { href, label }, current }: { item: NavItem; current: string | null }) {
  const isCurrent = href === current
  return (
    <li>
      <Link
        href={href}
        aria-current={isCurrent ? 'page' : undefined}
        className={classNames(
          'flex min-h-12 items-center rounded-8 px-3.5 text-std-16B-170 whitespace-nowrap no-underline hover:bg-primary-soft hover:text-primary',
          isCurrent ? 'bg-primary-soft text-primary' : 'text-ink',
        )}
      >
        {label}
      </Link>
    </li>
  )
}

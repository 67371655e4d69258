'use client'

import { classNames } from '#components/ui/class-names.ts'
import { Link, usePathname } from '#lib/i18n/navigation.ts'

export type NavItem = { readonly href: string; readonly label: string }

const link =
  'flex min-h-12 items-center rounded-8 px-3.5 text-std-16B-170 no-underline hover:bg-primary-soft hover:text-primary lg:rounded-none lg:border-b-3 lg:px-4 lg:whitespace-nowrap'

export function NavLinks({ items }: { items: readonly NavItem[] }) {
  const pathname = usePathname()
  return (
    <ul className="flex flex-col gap-1 lg:flex-row lg:flex-wrap lg:gap-0">
      {items.map(({ href, label }) => {
        const isCurrent = pathname === href || pathname.startsWith(`${href}/`)
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className={classNames(
                link,
                isCurrent
                  ? 'bg-primary-soft text-primary lg:border-primary lg:bg-transparent'
                  : 'border-transparent text-ink',
              )}
            >
              {label}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

'use client'

import { Link, usePathname } from '#lib/i18n/navigation.ts'
import { currentHref, type NavEntry } from './nav-entry.ts'
import { NavGroupMenu } from './nav-group-menu.tsx'
import { ItemLabel, lineStyle, PageItem } from './nav-item.tsx'

/** On a wide screen: one line, whose groups open below it. */
export function NavLine({ entries }: { entries: readonly NavEntry[] }) {
  const current = currentHref(entries, usePathname())
  return (
    <ul className="flex">
      {entries.map((entry) => (
        <li key={entry.label}>
          {'href' in entry ? (
            <Link
              href={entry.href}
              aria-current={entry.href === current ? 'page' : undefined}
              className={lineStyle(entry.href === current)}
            >
              <ItemLabel item={entry} />
            </Link>
          ) : (
            <NavGroupMenu group={entry} current={current} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** On a phone: everything below one another, each group under its name. */
export function NavList({ entries }: { entries: readonly NavEntry[] }) {
  const current = currentHref(entries, usePathname())
  return (
    <ul className="space-y-1">
      {entries.map((entry) =>
        'href' in entry ? (
          <PageItem key={entry.label} item={entry} current={current} />
        ) : (
          <li key={entry.label}>
            <p className="px-3.5 pt-3 text-ink-muted">{entry.label}</p>
            <ul aria-label={entry.label}>
              {entry.items.map((item) => (
                <PageItem key={item.href} item={item} current={current} />
              ))}
            </ul>
          </li>
        ),
      )}
    </ul>
  )
}

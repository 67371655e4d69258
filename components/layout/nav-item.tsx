'use client'

import { LoaderCircle } from 'lucide-react'
import { useLinkStatus } from 'next/link'
import { useTranslations } from 'next-intl'
import { classNames } from '#components/ui/class-names.ts'
import { Link } from '#lib/i18n/navigation.ts'
import type { NavItem } from './nav-entry.ts'

const line =
  'flex min-h-12 items-center border-b-3 px-4 text-std-16B-170 whitespace-nowrap no-underline hover:bg-primary-soft hover:text-primary'

export function lineStyle(isCurrent: boolean): string {
  return classNames(line, isCurrent ? 'border-primary text-primary' : 'border-transparent text-ink')
}

export function PageItem({ item, current }: { item: NavItem; current: string | null }) {
  const { href } = item
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
        <ItemLabel item={item} />
      </Link>
    </li>
  )
}

/** What a page is called, that it is on its way, and how many things wait there. */
export function ItemLabel({ item: { label, waiting = 0 } }: { item: NavItem }) {
  const t = useTranslations('layout')
  const { pending } = useLinkStatus()
  return (
    <>
      {label}
      {pending ? <LoaderCircle aria-hidden className="ml-2 size-5 animate-spin" /> : null}
      {waiting === 0 ? null : (
        <span className="ml-2 min-w-6 rounded-full bg-danger px-1.5 text-center text-dns-16N-130 text-on-danger">
          <span aria-hidden>{waiting}</span>
          <span className="sr-only">{t('waiting', { count: waiting })}</span>
        </span>
      )}
    </>
  )
}

import { useTranslations } from 'next-intl'
import type { ReactElement } from 'react'
import { Disclosure } from './disclosure.tsx'

type LongListProps = {
  /** each a list item with a key */
  readonly items: readonly ReactElement[]
  /** so many at once; two more are not worth a fold */
  readonly shown: number
  readonly className: string
}

const SLACK = 2

/** The first of a list, and the others folded away behind them. */
export function LongList({ items, shown, className }: LongListProps) {
  const t = useTranslations('pages')
  const end = items.length <= shown + SLACK ? items.length : shown
  const others = items.slice(end)
  return (
    <>
      <ul className={className}>{items.slice(0, end)}</ul>
      {others.length === 0 ? null : (
        <Disclosure summary={t('others', { count: others.length })} className="mt-2">
          <ul className={className}>{others}</ul>
        </Disclosure>
      )}
    </>
  )
}

'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { classNames } from './class-names.ts'

const RESET_AFTER_MS = 4_000

/** Copies `value`; hidden where the browser cannot (no JavaScript, no secure context) and on paper. */
export function CopyButton({ value, of, className }: { value: string; of: string; className?: string }) {
  const t = useTranslations('copy')
  const [canCopy, setCanCopy] = useState(false)
  const [copied, setCopied] = useState(false)

  useEffect(() => setCanCopy(typeof navigator.clipboard?.writeText === 'function'), [])
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), RESET_AFTER_MS)
    return () => clearTimeout(timer)
  }, [copied])

  if (!canCopy) return null
  const copy = () => navigator.clipboard.writeText(value).then(() => setCopied(true))
  return (
    <button
      type="button"
      onClick={copy}
      className={classNames(
        'screen-only inline-flex min-h-11 shrink-0 cursor-pointer items-center gap-1.5 rounded-8 border px-3.5 text-std-16B-170 whitespace-nowrap transition-colors',
        copied
          ? 'border-success-line bg-success-soft text-success'
          : 'border-primary-line bg-surface text-primary hover:bg-primary-soft',
        className,
      )}
    >
      {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
      <span aria-hidden>{copied ? t('done') : t('do')}</span>
      <span className="sr-only">{t('label', { of })}</span>
      <span role="status" className="sr-only">
        {copied ? t('announced', { of }) : ''}
      </span>
    </button>
  )
}

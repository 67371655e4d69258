'use client'

import { Languages } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { Link, usePathname } from '#lib/i18n/navigation.ts'
import { useLocationHash } from './use-location-hash.ts'

/** The same place in the other language, named in that language: what was asked for and the key of a link come along. */
export function LanguageLink() {
  const t = useTranslations('layout')
  const pathname = usePathname()
  const query = Object.fromEntries(useSearchParams())
  const hash = useLocationHash()
  const other = useLocale() === 'ja' ? 'en' : 'ja'
  return (
    <Link
      href={{ pathname, query, hash }}
      locale={other}
      lang={other}
      hrefLang={other}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-8 px-2 sm:px-2.5 text-std-16N-170 hover:bg-primary-soft hover:text-primary"
    >
      <Languages aria-hidden className="hidden size-5 sm:block" />
      {t('otherLanguage')}
    </Link>
  )
}

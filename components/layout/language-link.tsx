'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Link, usePathname } from '#lib/i18n/navigation.ts'

/** The same page in the other language, named in that language. */
export function LanguageLink() {
  const t = useTranslations('layout')
  const pathname = usePathname()
  const other = useLocale() === 'ja' ? 'en' : 'ja'
  return (
    <Link
      href={pathname}
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

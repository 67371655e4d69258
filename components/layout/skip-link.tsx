import { useTranslations } from 'next-intl'

export function SkipLink() {
  const t = useTranslations('layout')
  return (
    <a
      href="#main"
      className="screen-only sr-only focus:not-sr-only focus:absolute focus:z-10 focus:m-2 focus:inline-flex focus:min-h-11 focus:items-center focus:bg-surface focus:px-4"
    >
      {t('skip')}
    </a>
  )
}

import { Menu } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '#lib/i18n/navigation.ts'
import { LanguageLink } from './language-link.tsx'
import { type NavItem, NavLinks } from './nav-links.tsx'
import { SiteMark } from './site-mark.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

type SiteHeaderProps = {
  readonly siteName: string
  readonly home: string
  readonly navigation: readonly NavItem[]
  /** who is signed in and the way out, or the way in */
  readonly account: ReactNode
  readonly chooseTheme: (form: FormData) => Promise<void>
}

export function SiteHeader({ siteName, home, navigation, account, chooseTheme }: SiteHeaderProps) {
  const t = useTranslations('layout')
  return (
    <header className="screen-only border-b border-line bg-surface">
      <div className="mx-auto flex max-w-[70rem] flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-3 pb-2 sm:px-6">
        <Link href={home} className="flex min-h-11 items-center gap-3 rounded-8 text-ink no-underline">
          <SiteMark className="size-10 shrink-0 text-primary" />
          <span>
            <span className="block text-std-18B-160 leading-120">{siteName}</span>
            <span className="block text-dns-16N-130 text-ink-muted">{t('product')}</span>
          </span>
        </Link>
        <div className="-mx-2.5 flex flex-wrap items-center gap-x-1">
          <LanguageLink />
          <ThemeSwitch action={chooseTheme} />
          {account}
        </div>
      </div>
      {navigation.length > 0 ? (
        <nav aria-label={t('mainNavigation')} className="mx-auto max-w-[70rem] px-4 sm:px-6">
          <div className="-mx-4 hidden lg:block">
            <NavLinks items={navigation} />
          </div>
          <details className="group pb-2 lg:hidden">
            <summary className="-mx-2 flex min-h-11 list-none items-center gap-2 rounded-8 px-2 text-std-16B-170 [&::-webkit-details-marker]:hidden">
              <Menu aria-hidden className="size-5" />
              {t('menu')}
            </summary>
            <div className="py-2">
              <NavLinks items={navigation} />
            </div>
          </details>
        </nav>
      ) : null}
    </header>
  )
}

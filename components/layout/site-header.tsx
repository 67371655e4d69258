import { Menu } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Link } from '#lib/i18n/navigation.ts'
import { FoldedMenu } from './folded-menu.tsx'
import { LanguageLink } from './language-link.tsx'
import type { NavEntry } from './nav-entry.ts'
import { NavLine, NavList } from './nav-links.tsx'
import { SiteMark } from './site-mark.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

type SiteHeaderProps = {
  readonly siteName: string
  readonly home: string
  readonly navigation: readonly NavEntry[]
  /** who is signed in and the way out, or the way in */
  readonly account: ReactNode
  readonly chooseTheme: (form: FormData) => Promise<void>
}

/** One line of menu on a wide screen; on a phone it folds away, and opens over the page. */
export function SiteHeader({ siteName, home, navigation, account, chooseTheme }: SiteHeaderProps) {
  const t = useTranslations('layout')
  return (
    <header className="screen-only relative z-20 border-b border-line bg-surface">
      <div className="mx-auto grid max-w-[70rem] grid-cols-[1fr_auto] items-center gap-x-2 px-4 pt-3 sm:px-6 lg:grid-cols-[1fr_auto_auto]">
        <Link href={home} className="flex min-h-11 items-center gap-2.5 rounded-8 text-ink no-underline sm:gap-3">
          <SiteMark className="size-10 shrink-0 text-primary" />
          <span>
            <span className="block text-std-18B-160 leading-120">{siteName}</span>
            <span className="phrases block text-dns-16N-130 text-ink-muted">{t('product')}</span>
          </span>
        </Link>
        <div className="flex items-center">
          <LanguageLink />
          <ThemeSwitch action={chooseTheme} />
        </div>
        <nav
          aria-label={t('mainNavigation')}
          className="col-start-1 row-start-2 py-1 lg:col-span-3 lg:-mx-4 lg:pt-1 lg:pb-0"
        >
          <div className="hidden lg:block">
            <NavLine entries={navigation} />
          </div>
          <FoldedMenu
            summary={
              <>
                <Menu aria-hidden className="size-5" />
                {t('menu')}
              </>
            }
            summaryClassName="-mx-2 inline-flex min-h-11 items-center gap-2 rounded-8 px-2 text-std-16B-170"
            className="lg:hidden"
          >
            <div className="absolute inset-x-0 top-full max-h-[80dvh] overflow-y-auto border-b border-line bg-surface px-4 py-3 shadow-1 sm:px-6">
              <NavList entries={navigation} />
            </div>
          </FoldedMenu>
        </nav>
        <div className="-mr-2.5 flex items-center justify-end lg:col-start-3 lg:row-start-1">{account}</div>
      </div>
    </header>
  )
}

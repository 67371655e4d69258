import type { Metadata, Viewport } from 'next'
import { notFound } from 'next/navigation'
import { hasLocale } from 'next-intl'
import { getTimeZone, getTranslations, setRequestLocale } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { NavEntry } from '#components/layout/nav-entry.ts'
import { SiteFooter } from '#components/layout/site-footer.tsx'
import { SiteHeader } from '#components/layout/site-header.tsx'
import { SkipLink } from '#components/layout/skip-link.tsx'
import { TimeZoneTeller } from '#components/layout/time-zone-teller.tsx'
import { countWaitingApprovals } from '#lib/approvals/count-waiting-approvals.ts'
import { siteEnv } from '#lib/env/site.ts'
import { chosenTheme } from '#lib/http/theme.ts'
import { localised } from '#lib/i18n/localised.ts'
import { routing } from '#lib/i18n/routing.ts'
import '../globals.css'
import { currentSession } from '#lib/auth/current-session.ts'
import { AccountMenu } from './account-menu.tsx'
import { ClientMessages } from './client-messages.tsx'
import { type MenuLabel, navigationOf } from './navigation.ts'
import { chooseThemeAction } from './theme-action.ts'
import { rememberTimeZoneAction } from './time-zone-action.ts'

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export async function generateMetadata(): Promise<Metadata> {
  const name = await localised(siteEnv().name)
  return { title: { default: name, template: `%s | ${name}` }, robots: { index: false } }
}

type LayoutProps = { readonly children: ReactNode; readonly params: Promise<{ locale: string }> }

type Entry = ReturnType<typeof navigationOf>['entries'][number]

function namedEntry(entry: Entry, t: (label: MenuLabel) => string, approvals: number): NavEntry {
  const named = ({ href, label }: { href: string; label: MenuLabel }) => {
    return { href, label: t(label), waiting: label === 'approvals' ? approvals : 0 }
  }
  return 'href' in entry ? named(entry) : { label: t(entry.label), items: entry.items.map(named) }
}

export default async function RootLayout({ children, params }: LayoutProps) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const [t, theme, timeZone, session] = await Promise.all([
    getTranslations('layout'),
    chosenTheme(),
    getTimeZone(),
    currentSession(),
  ])
  const { name, company, supportContact } = siteEnv()
  const { home, entries } = navigationOf(session?.actor.role ?? null)
  const approvals = session === null ? 0 : await countWaitingApprovals(session.actor)
  return (
    <html lang={locale} data-theme={theme ?? undefined}>
      <body className="flex min-h-dvh flex-col">
        <ClientMessages>
          <SkipLink />
          <SiteHeader
            siteName={name[locale]}
            home={home}
            navigation={entries.map((entry) => namedEntry(entry, t, approvals))}
            account={<AccountMenu name={session?.displayName ?? null} />}
            chooseTheme={chooseThemeAction}
          />
          <main id="main" tabIndex={-1} className="mx-auto w-full max-w-[70rem] flex-1 px-4 pt-8 sm:px-6 sm:pt-10">
            {children}
          </main>
          <TimeZoneTeller written={timeZone} tell={rememberTimeZoneAction} />
          <SiteFooter company={company[locale]} supportContact={supportContact[locale]} />
        </ClientMessages>
      </body>
    </html>
  )
}

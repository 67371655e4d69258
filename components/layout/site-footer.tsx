import { LifeBuoy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { TextLink } from '#components/ui/text-link.tsx'

const pages = [
  { href: '/guides', label: 'guides' },
  { href: '/compatibility', label: 'compatibility' },
  { href: '/doctor', label: 'doctor' },
  { href: '/help', label: 'help' },
  { href: '/announcements', label: 'announcements' },
  { href: '/status', label: 'status' },
] as const

type SiteFooterProps = { readonly company: string; readonly supportContact: string }

export function SiteFooter({ company, supportContact }: SiteFooterProps) {
  const t = useTranslations('layout')
  return (
    <footer className="mt-16 border-t border-line bg-surface">
      <div className="mx-auto grid max-w-[70rem] gap-8 px-4 py-10 sm:grid-cols-[1.4fr_1fr] sm:px-6">
        <div>
          <p className="flex items-center gap-2 text-std-18B-160">
            <LifeBuoy aria-hidden className="size-5 text-primary" />
            {t('supportTitle')}
          </p>
          <p className="mt-2">{supportContact}</p>
          <p className="mt-2 text-ink-muted">{t('supportPromise')}</p>
        </div>
        <nav aria-label={t('footerNavigation')} className="screen-only">
          <ul className="grid gap-x-6 md:grid-cols-2">
            {pages.map(({ href, label }) => (
              <li key={href}>
                <TextLink standalone href={href}>
                  {t(label)}
                </TextLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <p className="border-t border-line px-4 py-4 text-center text-ink-muted">{company}</p>
    </footer>
  )
}

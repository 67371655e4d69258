import { Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'

const button =
  'inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-1.5 rounded-8 px-2.5 hover:bg-primary-soft hover:text-primary'

/** Two buttons of which the style sheet shows the one that changes something; works without JavaScript. */
export function ThemeSwitch({ action }: { action: (form: FormData) => Promise<void> }) {
  const t = useTranslations('layout')
  return (
    <form action={action}>
      <button type="submit" name="theme" value="dark" className={`${button} only-by-day`}>
        <Moon aria-hidden className="size-5" />
        <span className="sr-only">{t('toDark')}</span>
      </button>
      <button type="submit" name="theme" value="light" className={`${button} only-by-night`}>
        <Sun aria-hidden className="size-5" />
        <span className="sr-only">{t('toLight')}</span>
      </button>
    </form>
  )
}

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

/** In the order of the page. */
const groups = [
  'listeners',
  'popBeforeSmtp',
  'submission',
  'abuse',
  'relay',
  'connections',
  'migration',
  'webhooks',
  'loginLimits',
  'retention',
  'ownAccount',
  'inbound',
  'scanning',
  'strangers',
] as const
type GroupName = (typeof groups)[number]

/** Where the rules are: the page is long. */
export function Contents() {
  const t = useTranslations('policy')
  return (
    <nav aria-label={t('contents')} className="screen-only rounded-12 border border-line bg-surface p-5 sm:px-7">
      <h2 className="text-std-18B-160">{t('contents')}</h2>
      <ul className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-3">
        {groups.map((name) => (
          <li key={name}>
            <a
              href={`#${name}`}
              className="inline-flex min-h-11 items-center text-primary underline underline-offset-4"
            >
              {t(`group.${name}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Rules that belong together. */
export function Group({ name, children }: { readonly name: GroupName; readonly children: ReactNode }) {
  const t = useTranslations('policy.group')
  return (
    <fieldset id={name} className="min-w-0 scroll-mt-4 rounded-12 border border-line bg-surface p-5 sm:p-7">
      <legend className="sr-only">{t(name)}</legend>
      <h2 className="text-std-20B-160">{t(name)}</h2>
      <p className="mb-4 text-ink-muted">{t(`${name}Lead`)}</p>
      {children}
    </fieldset>
  )
}

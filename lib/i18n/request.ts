import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import en from '../../messages/en.json' with { type: 'json' }
import ja from '../../messages/ja.json' with { type: 'json' }
import { routing } from './routing.ts'

const messages = { ja, en }

/** Where the times on public pages are read; a signed-in reader's own zone is chosen where a time is shown. */
export const siteTimeZone = 'Asia/Tokyo'

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  return { locale, messages: messages[locale], timeZone: siteTimeZone }
})

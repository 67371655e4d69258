import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { currentSession } from '#lib/auth/current-session.ts'
import en from '../../messages/en.json' with { type: 'json' }
import ja from '../../messages/ja.json' with { type: 'json' }
import { routing } from './routing.ts'

const messages = { ja, en }

/** For readers who are not signed in. */
const siteTimeZone = 'Asia/Tokyo'

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  const session = await currentSession()
  return { locale, messages: messages[locale], timeZone: session?.timeZone ?? siteTimeZone }
})

import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import { readerTimeZone } from '#lib/http/time-zone.ts'
import en from '../../messages/en.json'
import ja from '../../messages/ja.json'
import { routing } from './routing.ts'

const messages = { ja, en }

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale
  return { locale, messages: messages[locale], timeZone: await readerTimeZone() }
})

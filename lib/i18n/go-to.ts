/** Sends the reader on within their language; for actions and pages. */
import { getLocale } from 'next-intl/server'
import { redirect } from './navigation.ts'

export async function goTo(href: string): Promise<never> {
  return redirect({ href, locale: await getLocale() })
}

/** Configured names come in both languages. */
import { getLocale } from 'next-intl/server'

export async function localised(text: { readonly ja: string; readonly en: string }): Promise<string> {
  return text[await getLocale()]
}

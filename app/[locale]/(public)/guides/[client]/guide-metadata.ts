import type { Metadata } from 'next'
import { getLocale } from 'next-intl/server'
import { findClient } from '#lib/guides/catalogue.ts'
import { guideTexts, methodNames } from '#lib/guides/guide-texts.ts'
import type { SendingMethod } from '#lib/guides/warnings.ts'

export async function guideMetadata(clientId: string, method: SendingMethod | null = null): Promise<Metadata> {
  const client = findClient(clientId)
  if (client === null) return {}
  const language = await getLocale()
  const title = guideTexts[language].title(client.name[language])
  return { title: method === null ? title : `${title}: ${methodNames[method][language]}` }
}

import { hasLocale } from 'next-intl'
import { webEnv } from '#lib/env/web.ts'
import { findClient } from '#lib/guides/catalogue.ts'
import { loadConnectionSettings } from '#lib/guides/load-connection-settings.ts'
import { canUse, isSendingMethod } from '#lib/guides/methods.ts'
import { plainGuide } from '#lib/guides/plain-guide.ts'
import { setupOf } from '#lib/guides/setup.ts'
import { routing } from '#lib/i18n/routing.ts'
import { receivingFrom } from '../../receiving-from.ts'

type PlainProps = { readonly params: Promise<{ locale: string; client: string; method: string }> }

/** The guide as text: the general one, for everybody the same. */
export async function GET(request: Request, { params }: PlainProps): Promise<Response> {
  const { locale, client: clientId, method } = await params
  const client = findClient(clientId)
  if (client === null || !isSendingMethod(method) || !canUse(client, method) || !hasLocale(routing.locales, locale)) {
    return new Response('Not found\r\n', { status: 404 })
  }
  const receiving = receivingFrom(new URL(request.url).searchParams.get('receive'))
  const setup = setupOf(client, await loadConnectionSettings(), { method, receiving })
  const page = `${webEnv().portalUrl}${locale === 'ja' ? '' : '/en'}/guides/${client.id}/${method}`
  return new Response(plainGuide(setup, locale, page), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

import { languageOf, targetOfShortAddress } from '#lib/guides/short-address.ts'

/** The short addresses that refusals and printed guides carry. A relative Location (RFC 9110 §10.2.2) fits any host. */
export async function GET(request: Request, { params }: { params: Promise<{ code: string }> }): Promise<Response> {
  const { code } = await params
  const target = targetOfShortAddress(code, languageOf(request.headers.get('accept-language')))
  return new Response(null, { status: 302, headers: { Location: target, Vary: 'Accept-Language' } })
}

/**
 * A cookie of this host alone, which no script reads. Over https its very name forbids every other host of the domain
 * to plant or overwrite it (`__Host-`, RFC 6265bis §4.1.3.2).
 */
import { webEnv } from '#lib/env/web.ts'

export type HostCookie = {
  readonly name: string
  readonly options: { readonly httpOnly: true; readonly sameSite: 'lax'; readonly path: '/'; readonly secure: boolean }
}

export function hostCookie(bareName: string): HostCookie {
  const { isHttps: secure } = webEnv()
  const name = secure ? `__Host-${bareName}` : bareName
  return { name, options: { httpOnly: true, sameSite: 'lax', path: '/', secure } }
}

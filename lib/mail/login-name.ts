/**
 * The ways in which a mail client may write a user name: `taro`, `taro@infonia.ne.jp` (※1 of the notice),
 * `taro%infonia.ne.jp` (clients that refuse "@" in that field) and `taro@pop.infonia.ne.jp` (PostPet).
 */

export type LoginName = {
  /** `taro`: a mailbox's login or a credential's user name, lower case. */
  readonly name: string
  /** A hosted domain; null when the client named a domain that we do not host. */
  readonly domain: string | null
}

export type LoginRealm = { readonly defaultDomain: string; readonly hostedDomains: readonly string[] }

const MAX_LOGIN_OCTETS = 320

/** @returns null when the text cannot be a user name at all (empty, too long, control bytes). */
export function parseLoginName(text: string, realm: LoginRealm): LoginName | null {
  if (text === '' || Buffer.byteLength(text) > MAX_LOGIN_OCTETS || /[\x00-\x1f\x7f]/.test(text)) return null
  const lower = text.normalize('NFKC').trim().toLowerCase()
  const separator = Math.max(lower.lastIndexOf('@'), lower.lastIndexOf('%'))
  if (separator < 0) return lower === '' ? null : { name: lower, domain: realm.defaultDomain }
  const name = lower.slice(0, separator)
  if (name === '') return null
  return { name, domain: hostedDomainOf(lower.slice(separator + 1), realm) }
}

function hostedDomainOf(domain: string, realm: LoginRealm): string | null {
  const within = realm.hostedDomains.filter((hosted) => domain === hosted || domain.endsWith(`.${hosted}`))
  return within.toSorted((one, other) => other.length - one.length)[0] ?? null
}

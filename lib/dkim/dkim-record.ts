/** What a domain publishes for a DKIM key (RFC 6376 §3.6.1, RFC 8463 §4.2), and how it looks when it is read again. */

export const dkimAlgorithms = ['RSA', 'ED25519'] as const
export type DkimAlgorithm = (typeof dkimAlgorithms)[number]

export type PublishedKey = {
  readonly domain: string
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  /** base64, as it stands in p= */
  readonly publicKey: string
}

const keyTypes: Readonly<Record<DkimAlgorithm, string>> = { RSA: 'rsa', ED25519: 'ed25519' }
/** RFC 1035 §3.3: a TXT record is made of strings of at most 255 octets. */
const MAX_STRING_CHARACTERS = 255

export function recordName({ domain, selector }: PublishedKey): string {
  return `${selector}._domainkey.${domain}`
}

export function recordText({ algorithm, publicKey }: PublishedKey): string {
  return `v=DKIM1; k=${keyTypes[algorithm]}; p=${publicKey}`
}

/** As a zone file has it: quoted strings of the length that DNS allows. */
export function zoneFileText(key: PublishedKey): string {
  const strings = recordText(key).match(new RegExp(`.{1,${MAX_STRING_CHARACTERS}}`, 'g')) ?? []
  return strings.map((text) => `"${text}"`).join(' ')
}

/** @param texts TXT records as DNS gives them, the strings of each already joined */
export function isPublishedIn(texts: readonly string[], key: PublishedKey): boolean {
  return texts.some((text) => {
    const tags = tagsOf(text)
    const isDkim = (tags.get('v') ?? 'DKIM1') === 'DKIM1'
    return isDkim && (tags.get('k') ?? 'rsa') === keyTypes[key.algorithm] && tags.get('p') === key.publicKey
  })
}

/** RFC 6376 §3.2; white space inside a value means nothing in p=. */
function tagsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=')
      return [name.trim(), value.join('=').replace(/\s/g, '')]
    }),
  )
}

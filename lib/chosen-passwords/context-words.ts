/** The words that must not carry a password here (docs/security.md lists them). Pure. */
import type { SiteEnv } from '#lib/env/site.ts'
import { hiragana } from '#lib/i18n/hiragana.ts'
import { dialledNumber } from '#lib/mail/phone-number.ts'

/** Whose password it is, as far as it is on record. */
export type PasswordOwner = {
  readonly login: string
  readonly displayName: string
  readonly contractNumber?: string | undefined
  readonly name?: string | undefined
  readonly nameKana?: string | undefined
  readonly phone?: string | undefined
  readonly addresses: readonly string[]
}

const MIN_WORD_LENGTH = 3
const MIN_KANJI_WORD_LENGTH = 2
const SIGNS = /[^\p{L}\p{N}ー]+/gu

/** What every provider's customers think of first. */
const productWords = ['mail', 'email', 'webmail', 'mailbox', 'portal', 'smtp', 'imap', 'pop3', 'メール']

export function siteWords({ domain, hostedDomains, hosts, formerHosts, name, company }: SiteEnv): string[] {
  const hostNames = [domain, ...hostedDomains, ...Object.values(hosts), ...formerHosts]
  const names = [name.ja, name.en, company.ja, company.en]
  return wordsOf([...hostNames, ...names, ...productWords])
}

export function ownWords(owner: PasswordOwner): string[] {
  const { login, displayName, contractNumber, name, nameKana, phone, addresses } = owner
  const names = [displayName, name ?? '', nameKana ?? '', contractNumber ?? '']
  return wordsOf([login, ...addresses, ...names, phone?.replace('+', '') ?? '', dialledNumber(phone ?? '')])
}

/** Each as a whole, without its spaces and signs, in its parts, and in the other kana. */
function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => [text, text.replaceAll(SIGNS, ''), ...text.split(SIGNS)])
  return [...new Set([...words, ...words.map(hiragana)].filter(isLongEnough))]
}

function isLongEnough(word: string): boolean {
  return word.length >= (/\p{Script=Han}/u.test(word) ? MIN_KANJI_WORD_LENGTH : MIN_WORD_LENGTH)
}

/** Where a short address (/g/P2, /g/thunderbird, /g/thunderbird-pbs) leads. Pure: the route handler only sends the reader there. */
import type { Language } from './bilingual.ts'
import { findClient } from './catalogue.ts'
import type { Client } from './client.ts'
import { parseHelpCode } from './help-codes.ts'
import type { SendingMethod } from './warnings.ts'

export function targetOfShortAddress(text: string, language: Language): string {
  return `${language === 'ja' ? '' : '/en'}${pathOf(text)}`
}

function pathOf(text: string): string {
  const code = parseHelpCode(text)
  if (code !== null) return `/help/${code}`
  const [name = '', isForPopBeforeSmtp] = splitSuffix(text.toLowerCase())
  const client = findClient(name)
  if (client === null) return '/help'
  return isForPopBeforeSmtp ? `/guides/${client.id}/pop-before-smtp` : `/guides/${client.id}`
}

const POP_BEFORE_SMTP = '-pbs'

function splitSuffix(text: string): [string, boolean] {
  return text.endsWith(POP_BEFORE_SMTP) ? [text.slice(0, -POP_BEFORE_SMTP.length), true] : [text, false]
}

export function shortCodeOf({ id }: Client, method: SendingMethod): string {
  return method === 'pop-before-smtp' ? `${id}${POP_BEFORE_SMTP}` : id
}

/** Short addresses say no language, so the browser's wish decides (RFC 9110 §12.5.4); Japanese where it has none. */
export function languageOf(acceptLanguage: string | null): Language {
  const wishes = (acceptLanguage ?? '').toLowerCase().split(',').map(wishOf)
  const weightOf = (language: string) =>
    Math.max(0, ...wishes.filter(({ tag }) => tag === language).map(({ weight }) => weight))
  const isSpeakerOfNeither = weightOf('ja') === 0 && wishes.some(({ tag, weight }) => /^[a-z]/.test(tag) && weight > 0)
  return isSpeakerOfNeither || weightOf('en') > weightOf('ja') ? 'en' : 'ja'
}

function wishOf(text: string): { tag: string; weight: number } {
  const [range = '', ...parameters] = text.trim().split(/\s*;\s*/)
  const weight = parameters.map((parameter) => /^q=([01](?:\.\d{0,3})?)$/.exec(parameter)?.[1]).find(Boolean)
  return { tag: range.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
}

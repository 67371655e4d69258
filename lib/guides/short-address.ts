/** Where a short address (/g/P2, /g/thunderbird) leads. Pure: the route handler only sends the reader there. */
import type { Language } from './bilingual.ts'
import { findClient } from './catalogue.ts'
import { parseHelpCode } from './help-codes.ts'

export function targetOfShortAddress(text: string, language: Language): string {
  return `${language === 'ja' ? '' : '/en'}${pathOf(text)}`
}

function pathOf(text: string): string {
  const code = parseHelpCode(text)
  if (code !== null) return `/help/${code}`
  const client = findClient(text.toLowerCase())
  return client === null ? '/help' : `/guides/${client.id}`
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

/** The words of the policy pages, for letters: the messages that the portal shows, without its library. */
import type { Language } from '#lib/guides/bilingual.ts'
import type { PolicyText } from '#lib/policy/policy-words.ts'
import en from '../../../messages/en.json' with { type: 'json' }
import ja from '../../../messages/ja.json' with { type: 'json' }

const texts: Readonly<Record<Language, unknown>> = { ja: ja.policy, en: en.policy }

export function policyText(language: Language): PolicyText {
  return (key, values = {}) => {
    const text = key.split('.').reduce(inner, texts[language])
    if (typeof text !== 'string') return null
    return Object.entries(values).reduce((filled, [name, value]) => filled.replace(`{${name}}`, String(value)), text)
  }
}

function inner(text: unknown, key: string): unknown {
  return typeof text === 'object' && text !== null ? (text as Record<string, unknown>)[key] : undefined
}

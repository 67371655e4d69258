/** How a person looks at the portal: on what, and in which language. By day or by night comes with it. */
import { readFileSync } from 'node:fs'
import { type Language, languages } from '#lib/guides/bilingual.ts'

export type Look = {
  readonly device: 'desk' | 'phone'
  readonly language: Language
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme: 'light' | 'dark'
}

const viewports = { desk: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } }

export const looks: readonly Look[] = (['desk', 'phone'] as const).flatMap((device) =>
  languages.map((language) => ({
    device,
    language,
    viewport: viewports[device],
    colorScheme: (device === 'desk') === (language === 'ja') ? 'light' : 'dark',
  })),
)

const messages = Object.fromEntries(
  languages.map((language) => [language, JSON.parse(readFileSync(`messages/${language}.json`, 'utf8')) as unknown]),
) as Record<Language, unknown>

/** What a page says, by its key in the messages. */
export function wordsOf(language: Language, key: string, values: Readonly<Record<string, string>>): string {
  const text = key
    .split('.')
    .reduce<unknown>((tree, part) => (tree as Record<string, unknown>)?.[part], messages[language])
  if (typeof text !== 'string') throw new Error(`there is no message ${key}`)
  return Object.entries(values).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text)
}

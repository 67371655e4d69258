/** Everything that a reader sees exists in both languages; the type leaves no way to forget one. */

export type Language = 'ja' | 'en'
export const languages: readonly Language[] = ['ja', 'en']

export type Bilingual = { readonly ja: string; readonly en: string }

/** A name or a value that is the same in every language. */
export function same(text: string): Bilingual {
  return { ja: text, en: text }
}

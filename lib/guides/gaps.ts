/** What the catalogue does not know: a page shows it, so that nobody takes an unknown label for a known one. */
import type { Language } from './bilingual.ts'
import { languages } from './bilingual.ts'
import { catalogue } from './catalogue.ts'
import type { Client } from './client.ts'
import { type Purpose, purposes } from './dialog.ts'

export type ClientGaps = {
  readonly client: Client
  /** the sections whose labels nobody found, for each edition of the program */
  readonly labels: Readonly<Record<Language, readonly Purpose[]>>
  /** nobody found out whether it knows the encryption of today */
  readonly isTlsUnknown: boolean
}

export function gapsOf(client: Client): ClientGaps {
  const unknownIn = (language: Language) =>
    purposes.filter((purpose) => client.dialog[purpose][language].value === null)
  return { client, labels: { ja: unknownIn('ja'), en: unknownIn('en') }, isTlsUnknown: client.tls.value === null }
}

export const catalogueGaps: readonly ClientGaps[] = catalogue
  .map(gapsOf)
  .filter(({ labels, isTlsUnknown }) => isTlsUnknown || labels.ja.length > 0 || labels.en.length > 0)

export function countGaps(): { readonly sections: number; readonly unknown: number } {
  const sections = catalogue.length * purposes.length * languages.length
  const unknown = catalogueGaps.reduce((sum, { labels }) => sum + labels.ja.length + labels.en.length, 0)
  return { sections, unknown }
}

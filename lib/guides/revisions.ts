/** When the guides last changed, newest first; printed on every guide. */
import type { Bilingual } from './bilingual.ts'

export type Revision = { readonly date: string; readonly what: Bilingual }

export const revisions: readonly [Revision, ...Revision[]] = [
  {
    date: '2026-11-24',
    what: {
      ja: '65のメールソフトの設定ガイドを公開しました。',
      en: 'Guides for 65 mail programs published.',
    },
  },
]

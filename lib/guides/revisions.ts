/** When the guides last changed, newest first; printed on every guide. */
import type { Bilingual } from './bilingual.ts'

export type Revision = { readonly date: string; readonly what: Bilingual }

export const revisions: readonly [Revision, ...Revision[]] = [
  {
    date: '2026-11-28',
    what: {
      ja: '文字だけのページ、短いアドレスと QR コード、実際に確かめた記録を加えました。',
      en: 'Added: pages of text alone, short addresses with QR codes, and what was found to work.',
    },
  },
  {
    date: '2026-11-24',
    what: {
      ja: '65のメールソフトの設定ガイドを公開しました。',
      en: 'Guides for 65 mail programs published.',
    },
  },
]

export const latestRevision = revisions[0]

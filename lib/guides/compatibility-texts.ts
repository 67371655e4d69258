/** The words of the compatibility table. */

import type { Bilingual } from './bilingual.ts'
import type { TlsAge } from './client.ts'
import type { Certainty } from './notice-table.ts'

export const tlsAgeNames: Readonly<Record<TlsAge | 'unknown', Bilingual>> = {
  current: { ja: 'TLS 1.2 以上', en: 'TLS 1.2 or newer' },
  obsolete: { ja: 'TLS 1.0 まで', en: 'TLS 1.0 at most' },
  unknown: { ja: '不明', en: 'Unknown' },
}

export const certaintyNames: Readonly<Record<Certainty, Bilingual>> = {
  high: { ja: '確かさ: 高い', en: 'Certainty: high' },
  medium: { ja: '確かさ: 中くらい', en: 'Certainty: medium' },
  low: { ja: '確かさ: 低い', en: 'Certainty: low' },
  'too-low': { ja: '確かさ: 判断できません', en: 'Certainty: too low to say' },
}

export const compatibilityTexts = {
  ja: {
    title: '対応メールソフト一覧',
    lead: '2002年10月17日のご案内の表です。お使いのメールソフトで SMTP AUTH が使えるか、今日も安全につながるかを確かめられます。',
    contents: 'このページの内容',
    caption: (platform: string) => `${platform} のメールソフト`,
    client: 'メールソフト（検証したバージョン）',
    mark: 'SMTP AUTH対応',
    anyClient: 'メールソフト',
    tls: '暗号化（TLS）',
    today: '今日、安全につながりますか',
    guide: '設定ガイド',
    legendTitle: '表の見方',
    reconstructedTitle: '点線の印について',
    reconstructed:
      'ご案内の表にある36個の印のうち、残っていたのは8個です。失われた28個は、注や当時のほかの資料から推定し、点線で囲みました。「推定の理由」を開くと、そう考えた理由が読めます。判断できないものは「？」としています。',
    guess: '推定',
    lost: '不明',
    reason: '推定の理由',
    lostReason: '不明とした理由',
    guessed: (mark: string) => `しいて挙げれば「${mark}」です。`,
    todayYes: 'つながります',
    todayNo: '安全につながりません',
    todayUnencrypted: '暗号化なしなら',
    todayUnknown: '確かめられていません',
    successor: '代わりに使えるもの',
    openGuide: 'ガイドを開く',
  },
  en: {
    title: 'Compatible mail programs',
    lead: 'This is the table of the notice of 17 October 2002. It shows whether SMTP AUTH works in your mail program, and whether it still connects safely today.',
    contents: 'On this page',
    caption: (platform: string) => `Mail programs for ${platform}`,
    client: 'Mail program (version tested)',
    mark: 'SMTP AUTH',
    anyClient: 'Mail program',
    tls: 'Encryption (TLS)',
    today: 'Does it connect safely today?',
    guide: 'Guide',
    legendTitle: 'How to read the table',
    reconstructedTitle: 'Marks in a dashed frame',
    reconstructed:
      'Of the 36 marks in the notice, 8 have survived. The 28 that were lost are inferred from its footnotes and from other sources of the time, and stand in a dashed frame. "Why we think so" gives the reason. Where nothing can be said there is a "?".',
    guess: 'Inferred',
    lost: 'Unknown',
    reason: 'Why we think so',
    lostReason: 'Why it is unknown',
    guessed: (mark: string) => `If anything, it was "${mark}".`,
    todayYes: 'Yes',
    todayNo: 'Cannot connect safely',
    todayUnencrypted: 'Unencrypted only',
    todayUnknown: 'Not known',
    successor: 'Use instead',
    openGuide: 'Open the guide',
  },
} as const

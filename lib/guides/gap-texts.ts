/** The words of the report of gaps. */
import type { Bilingual } from './bilingual.ts'
import type { Purpose } from './dialog.ts'

export const purposeNames: Readonly<Record<Purpose, Bilingual>> = {
  incoming: { ja: '受信サーバー', en: 'incoming server' },
  outgoing: { ja: '送信サーバー', en: 'outgoing server' },
  authentication: { ja: '送信の認証', en: 'authentication' },
  credentials: { ja: 'ユーザー名とパスワード', en: 'user name and password' },
  ports: { ja: 'ポート番号と暗号化', en: 'ports and encryption' },
}

export const gapTexts = {
  ja: {
    title: '画面の言葉がわかっていないもの',
    lead: '資料が見つからなかった画面の言葉です。ガイドでは作り話をせず、一般的な言い方でご案内しています。',
    count: (unknown: number, sections: number) => `全${sections}か所のうち、${unknown}か所がわかっていません。`,
    caption: 'メールソフトごとの、わかっていない画面の言葉',
    client: 'メールソフト',
    editions: { ja: '日本語版', en: '英語版' },
    none: 'すべてわかっています',
    tls: '暗号化（TLS）',
    tlsUnknown: '不明',
    tlsKnown: 'わかっています',
    link: '画面の言葉がわかっていないもの',
  },
  en: {
    title: 'Labels that we do not know',
    lead: 'For these labels no source was found. Guides invent nothing: they describe the field in general words.',
    count: (unknown: number, sections: number) => `${unknown} of ${sections} sections are unknown.`,
    caption: 'Unknown labels of each mail program',
    client: 'Mail program',
    editions: { ja: 'Japanese edition', en: 'English edition' },
    none: 'All known',
    tls: 'Encryption (TLS)',
    tlsUnknown: 'Unknown',
    tlsKnown: 'Known',
    link: 'Labels that we do not know',
  },
} as const

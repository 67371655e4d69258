/** The notice's own legend and footnotes, with the configured domain in the place of its own. English is ours. */
import type { Bilingual } from './bilingual.ts'
import type { Footnote, Mark } from './notice-table.ts'

export const legend: readonly { readonly mark: Mark; readonly meaning: Bilingual }[] = [
  { mark: '−', meaning: { ja: '未対応 または 利用できません。', en: 'Not supported, or cannot be used.' } },
  {
    mark: '○',
    meaning: { ja: '利用可能(実際に検証をおこなったもの)', en: 'Can be used (we tested it ourselves).' },
  },
  {
    mark: '△',
    meaning: {
      ja: 'マニュアル等に対応と記述されている場合(弊社未検証)',
      en: 'Its manual or the like says that it is supported (not tested by us).',
    },
  },
]

export function footnotes(domain: string): readonly { readonly number: Footnote; readonly text: Bilingual }[] {
  return [
    {
      number: 1,
      text: {
        ja: `アカウント名の指定をPOPユーザー名の代わりにメールアドレスを指定します。(Eudoraの場合は[ログイン名]にxxxxx@${domain}、電信八号の場合は[POPログイン名]にxxxxx@${domain}と指定します)`,
        en: `Enter your mail address instead of your POP user name as the account name (in Eudora xxxxx@${domain} in "Login Name", in 電信八号 xxxxx@${domain} in "POPログイン名").`,
      },
    },
    {
      number: 2,
      text: {
        ja: 'POP受信サーバーの認証方式をAPOPにした場合は利用することができません。',
        en: 'Cannot be used when the authentication of the POP server is set to APOP.',
      },
    },
    {
      number: 3,
      text: {
        ja: '設定欄はありますが実際には利用できません。(弊社未検証です)',
        en: 'There are fields for it, but it does not work (not tested by us).',
      },
    },
    {
      number: 4,
      text: {
        ja: '設定欄はありますが実際には利用できません。同メールソフトをバージョンアップする事でSMTP AUTHを利用する事ができるようになります。',
        en: 'There are fields for it, but it does not work. Upgrading the same program makes SMTP AUTH work.',
      },
    },
    {
      number: 5,
      text: {
        ja: '弊社では検証いたしておりませんが、お客様による設定の報告を頂きました。',
        en: 'Not tested by us; a customer reported these settings.',
      },
    },
  ]
}

/** The words for what was found to work. */
import type { Bilingual } from '#lib/guides/bilingual.ts'
import type { RunProtocol, VerifiedRun } from './verified-runs.ts'

export const evidenceTexts = {
  ja: {
    title: '動作を確かめた記録',
    column: '動作を確かめた記録',
    nothing: 'まだありません',
    tested: (version: string, date: string) => `自動の試験で確認（${version}、${date}）`,
    people: (count: number) => `お客さま${count}人以上が実際に利用`,
    works: (count: number) => `「動作した」という報告 ${count}件`,
    fails: (count: number) => `「動作しない」という報告 ${count}件`,
    confirmed: '報告は、担当者が確かめたものだけを数えています（ご案内の※5）。',
    ways: '確かめた方法',
    programsTitle: '自動の試験で動かしているメールソフト',
    programsLead: '実際のソフトをこのサーバーにつないで、送受信できることを確かめています。',
    program: 'ソフト',
    version: 'バージョン',
    date: '確かめた日',
    modernTitle: 'いま使われているメールソフト',
    modernLead: 'ご案内のあとに出たメールソフトです。どれも SMTP AUTH に対応しています。',
    modernCaption: 'いま使われているメールソフトの対応',
  },
  en: {
    title: 'What was found to work',
    column: 'What was found to work',
    nothing: 'Nothing yet',
    tested: (version: string, date: string) => `Tested automatically (${version}, ${date})`,
    people: (count: number) => `Used by ${count} customers or more`,
    works: (count: number) => (count === 1 ? '1 report that it works' : `${count} reports that it works`),
    fails: (count: number) => (count === 1 ? '1 report that it does not' : `${count} reports that it does not`),
    confirmed: 'Only reports that our staff have checked are counted (note ※5 of the notice).',
    ways: 'Ways that were tested',
    programsTitle: 'Mail programs in our automatic tests',
    programsLead: 'The real program is connected to this server, and must send or receive.',
    program: 'Program',
    version: 'Version',
    date: 'Tested on',
    modernTitle: 'Mail programs of today',
    modernLead: 'Programs that came after the notice. All of them support SMTP AUTH.',
    modernCaption: 'Compatibility of mail programs of today',
  },
} as const

const protocolNames: Readonly<Record<RunProtocol, Bilingual>> = {
  smtp: { ja: '送信', en: 'Sending' },
  pop3: { ja: '受信（POP）', en: 'Receiving (POP)' },
  imap: { ja: '受信（IMAP）', en: 'Receiving (IMAP)' },
  managesieve: { ja: '振り分け（ManageSieve）', en: 'Recipes (ManageSieve)' },
  autoconfig: { ja: '自動設定', en: 'Setting itself up' },
}

const tlsNames: Readonly<Record<VerifiedRun['tls'], string>> = { none: '', starttls: 'STARTTLS', implicit: 'SSL/TLS' }

/** One line for each protocol: "送信: PLAIN, LOGIN（STARTTLS, SSL/TLS; TLS 1.3）". */
export function waysOf(runs: readonly VerifiedRun[]): readonly Bilingual[] {
  return [...Map.groupBy(runs, ({ protocol }) => protocol)].map(([protocol, of]) => {
    const distinct = (texts: readonly string[]) => [...new Set(texts.filter(Boolean))].join(', ')
    const mechanisms = distinct(of.map(({ mechanism }) => mechanism))
    const versions = distinct(of.map(({ tlsVersion }) => tlsVersion?.replace('TLSv', 'TLS ') ?? ''))
    const security = [distinct(of.map(({ tls }) => tlsNames[tls])), versions].filter(Boolean).join('; ')
    const name = protocolNames[protocol]
    return {
      ja: `${name.ja}: ${mechanisms}${security && `（${security}）`}`,
      en: `${name.en}: ${mechanisms}${security && ` (${security})`}`,
    }
  })
}

/** An announcement as a letter: plain text in both languages, the reader's own first. */
import { announcementUrl } from '#lib/announcements/announcement-links.ts'
import type { AnnouncementDocument } from '#lib/announcements/document.ts'
import { toJapanTime } from '#lib/clock/japan-time.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { Language } from '#lib/guides/bilingual.ts'
import { composeLetter } from '../delivery/compose-letter.ts'

export type AnnouncementLetter = {
  readonly id: string
  readonly document: AnnouncementDocument
  readonly address: string
  /** the reader's */
  readonly language: Language
  readonly site: Pick<SiteEnv, 'domain' | 'name' | 'company' | 'supportContact'>
  readonly portalUrl: string
  readonly now: Date
}

const words = {
  ja: {
    period: '期間（日本時間）',
    reason: '理由',
    affected: '影響のあるサービス',
    unaffected: '影響のないサービス',
    hosts: '◆ サーバー名の変更',
    receiving: '受信',
    sending: '送信',
    remarks: '◆ ご注意いただきたいこと',
    page: '最新の内容と設定の手順は、次のページにあります。',
    contact: 'お問い合わせ',
  },
  en: {
    period: 'Period (time of Japan)',
    reason: 'Reason',
    affected: 'Affected services',
    unaffected: 'Services that are not affected',
    hosts: '◆ Changed server names',
    receiving: 'Receiving',
    sending: 'Sending',
    remarks: '◆ Please note',
    page: 'The newest version, with the steps for each mail program, is here:',
    contact: 'Contact',
  },
} as const

const methods = { any: '', popBeforeSmtp: ' (POP before SMTP)', smtpAuth: ' (SMTP AUTH)' } as const

export function composeAnnouncementLetter(letter: AnnouncementLetter): Promise<Buffer> {
  const { document, address, language, site, now } = letter
  return composeLetter({
    site,
    address,
    now,
    subject: document[language].title,
    japanese: linesIn('ja', letter),
    english: linesIn('en', letter),
    first: language,
  })
}

function linesIn(language: Language, { id, document, site, portalUrl }: AnnouncementLetter): string[] {
  const { title, lead, reason, affected, unaffected, remarks, body } = document[language]
  const name = words[language]
  const { startsAt, endsAt } = document
  const period = startsAt && endsAt ? `${japanClock(startsAt)} - ${japanClock(endsAt)}` : ''
  const facts = [
    [name.period, period],
    [name.reason, reason],
    [name.affected, affected],
    [name.unaffected, unaffected],
  ].flatMap(([fact, text]) => (text === '' ? [] : [`${fact}: ${text}`]))
  const hosts = document.hosts.map(
    ({ purpose, from, to, method }) => `・${name[purpose]}: ${from} -> ${to}${methods[method]}`,
  )
  const parts = [
    [title],
    linesOf(lead),
    facts,
    hosts.length === 0 ? [] : [name.hosts, ...hosts],
    remarks.length === 0 ? [] : [name.remarks, ...remarks.map((remark) => `・${remark}`)],
    linesOf(body),
    [name.page, `  ${announcementUrl(portalUrl, language, id)}`],
    [site.company[language], `${name.contact}: ${site.supportContact[language]}`],
  ]
  return parts.filter(({ length }) => length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]))
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

/** "2002-10-22 23:30" */
function japanClock(moment: string): string {
  return toJapanTime(new Date(moment)).replace('T', ' ')
}

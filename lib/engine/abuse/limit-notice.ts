/** The letter that tells a subscriber that their sending was limited or held, in Japanese and English. */
import { toJapanTime } from '#lib/clock/japan-time.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

export type LimitNotice = Letterhead & {
  readonly address: string
  readonly reason: ReasonId
  /** sending is held from now on, until a person releases it */
  readonly isHeld: boolean
  /** for a limit that ends by itself: when */
  readonly endsAt: Date | null
  readonly now: Date
}

type Bilingual = { readonly ja: string; readonly en: string }

const anyLimit: Bilingual = { ja: '決められた送信の数', en: 'the sending limit' }

const limits: Partial<Readonly<Record<ReasonId, Bilingual>>> = {
  credentialLimitReached: {
    ja: '1つのメール用パスワードで1日に送れる数',
    en: 'the daily limit of one mail password',
  },
  newCorrespondentsReached: {
    ja: 'はじめての宛先に1日で送れる数',
    en: 'the daily limit of addresses that you have not written to before',
  },
  abroadLimitReached: {
    ja: '当社の回線以外から1日に送れる数',
    en: 'the daily limit for sending from other networks than ours',
  },
  windowLimitReached: {
    ja: '1回の受信のあとに送れる数（POP before SMTP）',
    en: 'the limit for sending after receiving once (POP before SMTP)',
  },
}

export function composeLimitNotice(notice: LimitNotice): Promise<Buffer> {
  const { address, site, isHeld, now } = notice
  return composeLetter({
    site,
    address,
    subject: isHeld
      ? '送信をお止めしました / Sending is on hold'
      : '送信の上限に達しました / A sending limit was reached',
    japanese: japanese(notice),
    english: english(notice),
    now,
  })
}

const whatHappened = ({ address, reason }: LimitNotice): Bilingual => {
  if (reason === 'tooManyBounces') {
    return {
      ja: `${address} から送られた多くのメールが、宛先のサーバーに断られました。`,
      en: `Other hosts refused many of the messages that were sent from ${address}.`,
    }
  }
  const { ja, en } = limits[reason] ?? anyLimit
  return { ja: `${address} からの送信が、${ja}に達しました。`, en: `Sending from ${address} has reached ${en}.` }
}

function japanese(notice: LimitNotice): string[] {
  const { isHeld, endsAt, site, portalUrl } = notice
  return [
    whatHappened(notice).ja,
    ...(isHeld
      ? [
          '迷惑メールの送信に使われているおそれがあるため、このメールアドレスからの送信をお止めしました。',
          `再開するには、${site.supportContact.ja}へご連絡ください。受信はこれまでどおりできます。`,
        ]
      : [`${endsAt === null ? 'もう一度受信すると、' : `${clockTime(endsAt)}（日本時間）から`}また送れます。`]),
    '上限を超えた分のメールは送られていません。メールソフトの「送信トレイ」に残っています。',
    '',
    'たくさん送った覚えがないときは、パスワードが盗まれたおそれがあります。',
    'すぐに次の画面でメール用パスワードを取り消し、利用の記録をお確かめください。',
    `  ${portalUrl}/credentials`,
    `  ${portalUrl}/activity`,
  ]
}

function english(notice: LimitNotice): string[] {
  const { isHeld, endsAt, site, portalUrl } = notice
  return [
    whatHappened(notice).en,
    ...(isHeld
      ? [
          'Somebody may be using it to send spam, so sending from this address is on hold.',
          `To have it released, please contact ${site.supportContact.en}. Receiving goes on as before.`,
        ]
      : [
          `You can send again ${endsAt === null ? 'when you have received again' : `from ${clockTime(endsAt)} +0900`}.`,
        ]),
    'What went beyond the limit was not sent. It is still in the outbox of your mail program.',
    '',
    'If you did not send that much, your password may be stolen.',
    'Revoke your mail passwords at once and look at your activity:',
    `  ${portalUrl}/en/credentials`,
    `  ${portalUrl}/en/activity`,
  ]
}

function clockTime(at: Date): string {
  return toJapanTime(at).replace('T', ' ')
}

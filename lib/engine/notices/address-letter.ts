/** Letters to addresses elsewhere: they name no mailbox and no account, because somebody else may read them. */
import type { AddressNoticeKind } from '#lib/accounts/address-notice-kinds.ts'
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

export type AddressLetter = Letterhead & {
  readonly address: string
  readonly kind: AddressNoticeKind
  readonly at: Date
}

type Text = { readonly ja: string; readonly en: string }
type News = { readonly subject: Text; readonly what: Text; readonly ifUnknown: Text }

const takenAway: Text = {
  ja: 'お心当たりがないときは、だれかがアカウントに入っているおそれがあります。すぐに次の窓口へお電話ください。新しい予備のアドレスは24時間は使えないので、それまでなら間に合います。',
  en: 'If this was not you, somebody else may be in the account. Call us at once: a new second address is of no use for 24 hours, so there is still time.',
}
const byColleague: Text = {
  ja: 'お心当たりがないときは、運用の責任者へお知らせください。理由は監査記録にあります。',
  en: 'If you did not expect this, tell whoever is responsible for the site. The reason is in the audit trail.',
}

const news: Record<AddressNoticeKind, News> = {
  'recoveryAddress.replaced': {
    subject: { ja: '予備のメールアドレスの変更', en: 'Another second address was asked for' },
    what: {
      ja: 'このアドレスは、パスワードを忘れたときの予備として登録されていました。別のアドレスに変える申し込みがあり、こちらにはもう案内が届きません。',
      en: 'This address stood in for a forgotten password. Another one was asked for in its place, and nothing more comes here.',
    },
    ifUnknown: takenAway,
  },
  'recoveryAddress.removed': {
    subject: { ja: '予備のメールアドレスの削除', en: 'The second address was removed' },
    what: {
      ja: 'このアドレスは、パスワードを忘れたときの予備として登録されていました。その登録が消され、こちらにはもう案内が届きません。',
      en: 'This address stood in for a forgotten password. It was removed, and nothing more comes here.',
    },
    ifUnknown: takenAway,
  },
  'staff.changeRole': {
    subject: { ja: '担当者としての役割の変更', en: 'Your role as one of the staff was changed' },
    what: {
      ja: '窓口での担当者としての役割が変更されました。ログインはすべて終わりました。もう一度ログインしてください。',
      en: 'Your role at the portal was changed, and you were signed out everywhere. Sign in again.',
    },
    ifUnknown: byColleague,
  },
  'staffAddress.replaced': {
    subject: { ja: '担当者のメールアドレスの変更', en: 'Your address as one of the staff was changed' },
    what: {
      ja: '窓口の担当者へのお知らせは、これからは別のアドレスへ届きます。こちらにはもう届きません。',
      en: 'What the staff are told now goes to another address, which was confirmed. Nothing more comes here.',
    },
    ifUnknown: {
      ja: 'お心当たりがないときは、だれかがアカウントに入っているおそれがあります。すぐに、ほかの運用担当に利用を終わらせてもらってください。',
      en: 'If this was not you, somebody else may be in your account. Have another operator end it at once.',
    },
  },
  'staff.end': {
    subject: { ja: '担当者としての利用の終了', en: 'Your access as one of the staff has ended' },
    what: {
      ja: '窓口の担当者としてのアカウントは、使えなくなりました。',
      en: 'Your staff account at the portal can no longer be used.',
    },
    ifUnknown: byColleague,
  },
}

export function composeAddressLetter({ address, kind, at, site, portalUrl }: AddressLetter): Promise<Buffer> {
  const { subject, what, ifUnknown } = news[kind]
  return composeLetter({
    site,
    address,
    now: at,
    subject: `${subject.ja} / ${subject.en}`,
    japanese: [
      `${site.name.ja}の窓口からのお知らせです。`,
      what.ja,
      '',
      ifUnknown.ja,
      `  ${site.supportContact.ja}`,
      `  ${portalUrl}`,
    ],
    english: [
      `From the portal of ${site.name.en}:`,
      what.en,
      '',
      ifUnknown.en,
      `  ${site.supportContact.en}`,
      `  ${portalUrl}/en`,
    ],
  })
}

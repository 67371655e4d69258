/** The letter that says when a mailbox will be deleted, and how to keep it. */
import { toJapanTime } from '#lib/clock/japan-time.ts'
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

export type ClosingLetter = Letterhead & {
  readonly address: string
  readonly closesAt: Date
  readonly now: Date
}

export function composeClosingLetter({ address, closesAt, site, portalUrl, now }: ClosingLetter): Promise<Buffer> {
  const moment = toJapanTime(closesAt).replace('T', ' ')
  return composeLetter({
    site,
    address,
    now,
    subject: `${moment} にメールボックスを削除します / Your mailbox will be deleted at ${moment}`,
    japanese: [
      `お申し込みにより、${address} を ${moment}（日本時間）に削除します。`,
      'メールも振り分けも、すべて消えます。元には戻せません。',
      '',
      'とりやめるとき、または先にメールを保存するときは、次の画面を開いてください。',
      `  ${portalUrl}/account`,
      'お心当たりがないときは、すぐにご連絡ください。',
      `  ${site.supportContact.ja}`,
    ],
    english: [
      `As you asked, ${address} will be deleted at ${moment} (Japan time).`,
      'All mail and all recipes go. This cannot be undone.',
      '',
      'To keep it, or to save your mail first, open this page:',
      `  ${portalUrl}/en/account`,
      `If you did not ask for this, contact ${site.supportContact.en} at once.`,
    ],
  })
}

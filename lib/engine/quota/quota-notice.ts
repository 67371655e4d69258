/** The letter that tells a subscriber that their mailbox fills up. */
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

export type QuotaNotice = Letterhead & {
  readonly address: string
  readonly percent: number
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly now: Date
}

const MEBIBYTE = 1_048_576

export function composeQuotaNotice({ percent, usedBytes, quotaBytes, ...letter }: QuotaNotice): Promise<Buffer> {
  const { address, site, portalUrl, now } = letter
  const used = Math.round(usedBytes / MEBIBYTE)
  const quota = Math.round(quotaBytes / MEBIBYTE)
  return composeLetter({
    site,
    address,
    now,
    subject: `メールボックスの${percent}%を使っています / Your mailbox is ${percent}% full`,
    japanese: [
      `${address} のメールボックスは、${quota} MB のうち ${used} MB を使っています。`,
      'いっぱいになると、新しいメールを受け取れなくなります（いま届いているメールは失われません）。',
      '',
      'メールソフトで、ごみ箱を空にし、要らなくなったメールを削除してください。',
      'どのフォルダーが大きいかは、次の画面でわかります。',
      `  ${portalUrl}/mailbox`,
      `お困りのときは、${site.supportContact.ja}へご連絡ください。`,
    ],
    english: [
      `The mailbox ${address} uses ${used} MB of its ${quota} MB.`,
      'When it is full, new mail cannot be delivered (the mail that is there stays).',
      '',
      'Empty the trash in your mail program and delete mail that you no longer need.',
      'This page shows which folders are large:',
      `  ${portalUrl}/en/mailbox`,
      `If you need help, contact ${site.supportContact.en}.`,
    ],
  })
}

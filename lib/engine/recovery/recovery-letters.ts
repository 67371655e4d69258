/** Letters to second addresses: they name no mailbox, because somebody else may read them. */
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

type LetterParts = Letterhead & {
  readonly address: string
  readonly token: string
  readonly now: Date
}

/** The token stands behind "#": it reaches no log and no other page. */
export function composeVerification({ site, portalUrl, address, token, now }: LetterParts): Promise<Buffer> {
  return composeLetter({
    site,
    address,
    now,
    subject: '予備のメールアドレスの確認 / Confirm your second address',
    japanese: [
      `${site.name.ja}の窓口で、このアドレスを予備のメールアドレスにする申し込みがありました。`,
      'ご本人が申し込んだときは、24時間以内に次のリンクを開いて確認してください。',
      `  ${portalUrl}/recover/address#${token}`,
      '',
      'お心当たりがないときは、何もする必要はありません。このアドレスは使われません。',
    ],
    english: [
      `Somebody asked ${site.name.en} to use this as their second address.`,
      'If it was you, open this link within 24 hours and confirm:',
      `  ${portalUrl}/en/recover/address#${token}`,
      '',
      'If it was not, do nothing: this address will not be used.',
    ],
  })
}

export function composeRecovery({ site, portalUrl, address, token, now }: LetterParts): Promise<Buffer> {
  return composeLetter({
    site,
    address,
    now,
    subject: '新しいパスワードの設定 / Set a new password',
    japanese: [
      `${site.name.ja}の窓口で、パスワードを忘れたとの申し込みがありました。`,
      '30分以内に次のリンクを開くと、新しいパスワードを決められます。リンクは1回だけ使えます。',
      `  ${portalUrl}/recover/password#${token}`,
      '',
      'お心当たりがないときは、リンクを開かずに、次の窓口へお知らせください。パスワードは変わっていません。',
      `  ${site.supportContact.ja}`,
    ],
    english: [
      `Somebody told ${site.name.en} to have forgotten the password of the portal.`,
      'Within 30 minutes, and once, this link sets a new one:',
      `  ${portalUrl}/en/recover/password#${token}`,
      '',
      `If it was not you, do not open it, and tell ${site.supportContact.en}. The password has not changed.`,
    ],
  })
}

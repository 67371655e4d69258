/** The letter that tells a subscriber what was done to their mailbox at the desk, in Japanese and English. */
import type { OwnerNoticeKind } from '#lib/accounts/owner-notice-kinds.ts'
import { composeLetter, type Letterhead } from '../delivery/compose-letter.ts'

export type OwnerLetter = Letterhead & {
  readonly address: string
  readonly kind: OwnerNoticeKind
  /** what the agent wrote; empty when the owner did it */
  readonly reason: string
  readonly at: Date
}

const deeds: Record<OwnerNoticeKind, { readonly ja: string; readonly en: string }> = {
  'contact.change': { ja: '登録の電話番号が変更されました', en: 'The telephone number on record was changed' },
  'setUpCode.issue': { ja: '設定用コードが電話で発行されました', en: 'A set-up code was issued on the telephone' },
  'setUpCode.use': { ja: '設定用コードが使われました', en: 'A set-up code was used' },
  'helper.setUp': { ja: '招待された方が、機器を1台設定しました', en: 'Somebody whom you invited set up a device' },
  'portalPassword.set': { ja: '窓口のパスワードが変更されました', en: 'The password of the portal was changed' },
  'inheritedPassword.takeUp': {
    ja: '以前のパスワードで、窓口にはじめてのログインがありました',
    en: 'Somebody signed in to the portal for the first time, with the password of the old system',
  },
  'mailbox.revokeCredentials': {
    ja: 'すべてのメール用パスワードが取り消されました',
    en: 'All mail passwords were revoked',
  },
  'mailbox.endSessions': { ja: 'すべての接続とログインが終了しました', en: 'All connections and sign-ins were ended' },
  'mailbox.closeRelayWindows': {
    ja: 'POP before SMTP の送信許可が終了しました',
    en: 'All permissions to send by POP before SMTP were ended',
  },
  'mailbox.suspend': { ja: 'メールボックスの利用が停止されました', en: 'The mailbox was suspended' },
  'mailbox.export': { ja: 'メールボックスの中身がすべて保存されました', en: 'All of the mailbox was downloaded' },
  'mailbox.requestClosing': {
    ja: 'メールボックスの削除が申し込まれました',
    en: 'The deletion of the mailbox was asked for',
  },
  'mailbox.cancelClosing': {
    ja: 'メールボックスの削除がとりやめられました',
    en: 'The deletion of the mailbox was called off',
  },
  'mailbox.resume': { ja: 'メールボックスの利用が再開されました', en: 'The mailbox was resumed' },
  'passkey.add': { ja: 'パスキーが登録されました', en: 'A passkey was registered' },
  'passkey.remove': { ja: 'パスキーが削除されました', en: 'A passkey was removed' },
  'authenticatorApp.add': { ja: '認証アプリが登録されました', en: 'An authenticator app was registered' },
  'authenticatorApp.remove': { ja: '認証アプリの登録が解除されました', en: 'The authenticator app was removed' },
  'recoveryCodes.issue': { ja: '予備コードが発行されました', en: 'Recovery codes were made' },
  'recoveryCode.use': { ja: '予備コードが使われました', en: 'A recovery code was used' },
  'recoveryAddress.ask': {
    ja: '予備のメールアドレスの申し込みがありました',
    en: 'A second mail address was asked for',
  },
  'recoveryAddress.verify': { ja: '予備のメールアドレスが確認されました', en: 'The second mail address was confirmed' },
  'recoveryAddress.remove': { ja: '予備のメールアドレスが削除されました', en: 'The second mail address was removed' },
  'recovery.send': {
    ja: 'パスワードを忘れたときの案内が送られました',
    en: 'Help for a forgotten password was sent, elsewhere',
  },
  'secondStep.remove': { ja: 'ログインの2段階目の確認が外されました', en: 'The second step of signing in was removed' },
  'trace.allow': {
    ja: 'サポート担当者が配達の記録を見ることを、1時間だけ許しました',
    en: 'Our support was allowed to see the record of deliveries, for one hour',
  },
  'trace.allowByCode': {
    ja: '電話で読み上げた番号で、サポート担当者が配達の記録を見ることを、1時間だけ許しました',
    en: 'By a code read aloud on the telephone, our support was allowed to see the record of deliveries, for one hour',
  },
}

export function composeOwnerLetter({ address, kind, reason, at, site, portalUrl }: OwnerLetter): Promise<Buffer> {
  const { ja, en } = deeds[kind]
  return composeLetter({
    site,
    address,
    now: at,
    subject: `${ja} / ${en}`,
    japanese: [
      `${address} について、${ja}。`,
      ...(reason === '' ? [] : [`${whatReasonIs(kind).ja}: ${reason}`]),
      '',
      'お心当たりがないときは、すぐにご連絡ください。',
      `  ${site.supportContact.ja}`,
      'これまでの変更は、次の画面で確かめられます。',
      `  ${portalUrl}/activity`,
    ],
    english: [
      `${en}: ${address}`,
      ...(reason === '' ? [] : [`${whatReasonIs(kind).en}: ${reason}`]),
      '',
      `If you did not ask for this, contact ${site.supportContact.en} at once.`,
      'All changes are listed here:',
      `  ${portalUrl}/en/activity`,
    ],
  })
}

function whatReasonIs(kind: OwnerNoticeKind): { readonly ja: string; readonly en: string } {
  if (kind === 'helper.setUp') return { ja: '招待された方', en: 'Whom you invited' }
  return { ja: '担当者が記録した用件', en: 'Reason that our staff recorded' }
}

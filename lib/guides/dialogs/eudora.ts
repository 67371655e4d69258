import { avoid, type Dialog, fill, match, noDialog, noLabels, open, turnOn } from '../dialog.ts'
import { fromNotice, inferred, sourced, unknown } from '../fact.ts'

const incoming = {
  ja: unknown,
  en: sourced([open('Tools', 'Options...', 'Checking Mail'), fill('Mail Server', 'incomingHost')], 'eudora43Manual'),
}

/** The notice names this field: ※1. */
const loginName = fromNotice([fill('ログイン名', 'userName')])

/** Eudora 4.1J for Windows: receiving only, it has no SMTP AUTH. */
export const eudora4: Dialog = { ...noDialog, incoming }

/** Eudora 5 for Windows; the labels are those of the English 4.3. */
export const eudora5: Dialog = {
  incoming,
  outgoing: {
    ja: unknown,
    en: sourced([open('Sending Mail'), fill('SMTP server', 'outgoingHost')], 'eudora43Manual'),
  },
  authentication: { ja: unknown, en: sourced([open('Sending Mail'), turnOn('Allow authentication')], 'domaindirect') },
  credentials: {
    ja: loginName,
    en: inferred([open('Checking Mail'), fill('Login Name', 'userName')], 'notice', 'eudora43Manual'),
  },
  ports: noLabels,
  labelsFrom: {
    ja: '英語の表示は Eudora 4.3 英語版のものです。日本語版の表示は資料が見つかっていません。',
    en: 'The labels are those of the English Eudora 4.3.',
  },
}

/** 5.1 added TLS, in the sponsored and paid modes. */
export const eudora51: Dialog = {
  ...eudora5,
  ports: {
    ja: unknown,
    en: sourced(
      [
        open('Checking Mail'),
        match('Secure Sockets when Receiving', 'incomingSecurity', {
          tls: 'Required, Alternate Port',
          starttls: 'Required STARTTLS',
        }),
        open('Sending Mail'),
        match('Secure Sockets when Sending', 'outgoingSecurity', {
          tls: 'Required, Alternate Port',
          starttls: 'Required STARTTLS',
        }),
      ],
      'primustel',
    ),
  },
}

export const eudoraMac: Dialog = {
  ...noDialog,
  incoming: {
    ja: sourced(
      [open('ツール', '設定...', 'メールの確認'), fill(null, 'incomingHost'), avoid('ユーザ認証方式', 'APOP')],
      'nsp',
    ),
    en: unknown,
  },
  credentials: { ja: loginName, en: unknown },
  labelsFrom: {
    ja: '［メールの確認］までの表示は EUDORA PRO 3.0J 以降の Macintosh 版のものです。',
    en: 'The path is that of EUDORA PRO 3.0J for Macintosh and later.',
  },
}

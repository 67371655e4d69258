import { choose, type Dialog, fill, match, noLabels, open, say, selectAccount, turnIf, turnOff } from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

/** Mail of Mac OS X 10.1. */
export const appleMail101: Dialog = {
  incoming: {
    ja: sourced([open('メール', '環境設定...', 'アカウント'), selectAccount, fill(null, 'incomingHost')], 'biglobe'),
    en: sourced([open('Mail', 'Preferences...', 'Accounts'), selectAccount, fill(null, 'incomingHost')], 'biglobe'),
  },
  outgoing: noLabels,
  authentication: {
    ja: sourced([open('送信用メールサーバ(SMTP)'), choose('認証', 'パスワード')], 'biglobe'),
    en: unknown,
  },
  credentials: {
    ja: sourced([fill('ユーザ名', 'userName'), fill('パスワード', 'password')], 'biglobe'),
    en: unknown,
  },
  ports: noLabels,
  labelsFrom: {
    ja: '表示の名前は、後の Mac OS X の「メール」のものです。10.1 の画面では違うことがあります。',
    en: 'The labels are those of Mail in later versions of Mac OS X; 10.1 may differ.',
  },
}

export const appleMailMac: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('メール', '設定', 'アカウント', '＋', 'その他のメールアカウントを追加...'),
        say('古い macOS では「設定」が「環境設定」になっています。', 'Older macOS says "Preferences".'),
        match('アカウントの種類', 'receiving', { pop: 'POP', imap: 'IMAP' }),
        fill('メールサーバ', 'incomingHost'),
      ],
      'xserverMac',
    ),
    en: sourced(
      [
        open('Mail', 'Preferences', 'Accounts', 'Server Settings'),
        say('新しい macOS では「Preferences」が「Settings」になっています。', 'Newer macOS says Settings instead.'),
        fill('Host Name', 'incomingHost'),
      ],
      'appleServerSettings',
    ),
  },
  outgoing: {
    ja: sourced([fill('SMTPサーバ', 'outgoingHost')], 'xserverMac'),
    en: sourced(
      [open('Server Settings', 'Account', 'Edit SMTP Server List'), fill('Host Name', 'outgoingHost')],
      'appleSmtpSettings',
    ),
  },
  authentication: {
    ja: sourced(
      [open('送信用メールサーバ(SMTP)', 'SMTPサーバリストを編集...'), choose('認証', 'パスワード')],
      'xserverMac',
    ),
    en: unknown,
  },
  credentials: {
    ja: sourced([fill('ユーザー名', 'userName'), fill('パスワード', 'password')], 'xserverMac'),
    en: sourced([fill('User Name', 'userName'), fill('Password', 'password')], 'appleSmtpSettings'),
  },
  ports: {
    ja: sourced(
      [
        open('サーバ設定'),
        turnOff('接続設定を自動的に管理'),
        fill('ポート', 'outgoingPort'),
        turnIf('SSLを使用', 'outgoingSecurity', 'tls'),
      ],
      'xserverMac',
      'appleSupport',
    ),
    en: sourced(
      [open('Server Settings'), turnOff('Automatically manage connection settings'), fill(null, 'outgoingPort')],
      'appleServerSettings',
    ),
  },
}

export const appleMailIos: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('設定', 'アプリ', 'メール', 'メールアカウント', 'アカウントを追加', 'その他', 'メールアカウントを追加'),
        say(
          '古い iOS では「設定」→「パスワードとアカウント」から進みます。',
          'On older iOS start from Settings, Passwords & Accounts.',
        ),
        open('受信メールサーバ'),
        fill('ホスト名', 'incomingHost'),
      ],
      'xserverIphone',
    ),
    en: unknown,
  },
  outgoing: {
    ja: sourced([open('送信メールサーバ'), fill('ホスト名', 'outgoingHost')], 'xserverIphone'),
    en: unknown,
  },
  authentication: {
    ja: sourced(
      [
        open('SMTP', 'プライマリサーバ'),
        fill('ユーザ名', 'userName'),
        fill('パスワード', 'password'),
        choose('認証', 'パスワード'),
      ],
      'xserverIpad',
      'biglobe',
    ),
    en: unknown,
  },
  credentials: {
    ja: sourced(
      [
        fill('名前', 'personName'),
        fill('メール', 'address'),
        fill('パスワード', 'password'),
        fill('ユーザ名', 'userName'),
      ],
      'xserverIphone',
    ),
    en: unknown,
  },
  ports: {
    ja: sourced([open('SMTP', 'プライマリサーバ'), fill('サーバポート', 'outgoingPort')], 'xserverIphone'),
    en: unknown,
  },
}

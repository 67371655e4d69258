import { choose, type Dialog, enterAddress, fill, match, noLabels, open, say, turnOn } from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

const thunderbirdSecurity = { none: 'なし', starttls: 'STARTTLS', tls: 'SSL/TLS' }
const thunderbirdSecurityEnglish = { none: 'None', starttls: 'STARTTLS', tls: 'SSL/TLS' }

export const thunderbird: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('アカウント設定', 'サーバー設定'),
        fill('サーバー名:', 'incomingHost'),
        say(
          '新しくアカウントを作るときは、［アカウントハブ］→［アカウントの追加］→［手動設定］の［受信サーバー］で、［ホスト名］に同じものを入れます。',
          'For a new account open アカウントハブ (Account Hub), アカウントの追加, 手動設定 and enter the same under 受信サーバー.',
        ),
      ],
      'thunderbirdStrings',
    ),
    en: sourced(
      [open('Account Settings', 'Server Settings'), fill('Server Name', 'incomingHost')],
      'thunderbirdServerTutorial',
    ),
  },
  outgoing: {
    ja: sourced(
      [open('アカウント設定', '送信サーバー設定', '編集...'), fill('サーバー名:', 'outgoingHost')],
      'thunderbirdStrings',
    ),
    en: sourced(
      [open('Account Settings', 'Outgoing Server (SMTP)', 'Edit'), fill(null, 'outgoingHost')],
      'thunderbirdSmtpTutorial',
    ),
  },
  authentication: {
    ja: sourced([choose('認証方式', '通常のパスワード認証')], 'thunderbirdStrings'),
    en: sourced([choose('Authentication method', 'Normal password')], 'thunderbirdStrings'),
  },
  credentials: {
    ja: sourced([fill('ユーザー名', 'userName')], 'thunderbirdStrings'),
    en: sourced([fill('Username', 'userName')], 'thunderbirdStrings'),
  },
  ports: {
    ja: sourced(
      [
        open('サーバー設定'),
        match('接続の保護', 'incomingSecurity', thunderbirdSecurity),
        fill('ポート番号', 'incomingPort'),
        open('送信サーバー設定'),
        match('接続の保護', 'outgoingSecurity', thunderbirdSecurity),
        fill('ポート番号', 'outgoingPort'),
      ],
      'thunderbirdStrings',
    ),
    en: sourced(
      [
        open('Server Settings'),
        match('Connection security', 'incomingSecurity', thunderbirdSecurityEnglish),
        fill('Port', 'incomingPort'),
        open('Outgoing Server (SMTP)'),
        match('Connection security', 'outgoingSecurity', thunderbirdSecurityEnglish),
        fill('Port', 'outgoingPort'),
      ],
      'thunderbirdStrings',
      'thunderbirdSmtpTutorial',
    ),
  },
}

const androidSecurity = { none: 'なし', starttls: 'StartTLS', tls: 'SSL/TLS' }
const androidSecurityEnglish = { none: 'None', starttls: 'StartTLS', tls: 'SSL/TLS' }

export const thunderbirdAndroid: Dialog = {
  incoming: {
    ja: sourced(
      [
        enterAddress,
        open('手動設定', '受信サーバー設定'),
        match('プロトコル', 'receiving', {}),
        fill('サーバー', 'incomingHost'),
      ],
      'thunderbirdAndroidStrings',
    ),
    en: sourced(
      [
        enterAddress,
        open('Configure manually', 'Incoming server settings'),
        match('Protocol', 'receiving', {}),
        fill('Server', 'incomingHost'),
      ],
      'thunderbirdAndroidStrings',
    ),
  },
  outgoing: {
    ja: sourced([open('送信サーバー設定'), fill('サーバー', 'outgoingHost')], 'thunderbirdAndroidStrings'),
    en: sourced([open('Outgoing server settings'), fill('Server', 'outgoingHost')], 'thunderbirdAndroidStrings'),
  },
  authentication: {
    ja: sourced([choose('認証方式', '通常のパスワード認証')], 'thunderbirdAndroidStrings'),
    en: sourced([choose('Authentication', 'Normal password')], 'thunderbirdAndroidStrings'),
  },
  credentials: {
    ja: sourced([fill('ユーザー名', 'userName')], 'thunderbirdAndroidStrings'),
    en: sourced([fill('Username', 'userName'), fill('Password', 'password')], 'thunderbirdAndroidStrings'),
  },
  ports: {
    ja: sourced(
      [
        open('受信サーバー設定'),
        match('セキュリティ', 'incomingSecurity', androidSecurity),
        fill('ポート番号', 'incomingPort'),
        open('送信サーバー設定'),
        match('セキュリティ', 'outgoingSecurity', androidSecurity),
        fill('ポート番号', 'outgoingPort'),
      ],
      'thunderbirdAndroidStrings',
    ),
    en: sourced(
      [
        open('Incoming server settings'),
        match('Security', 'incomingSecurity', androidSecurityEnglish),
        fill('Port', 'incomingPort'),
        open('Outgoing server settings'),
        match('Security', 'outgoingSecurity', androidSecurityEnglish),
        fill('Port', 'outgoingPort'),
      ],
      'thunderbirdAndroidStrings',
    ),
  },
}

const gmailSecurity = { none: 'なし', starttls: 'STARTTLS', tls: 'SSL/TLS' }
const gmailSecurityEnglish = { none: 'None', starttls: 'STARTTLS', tls: 'SSL/TLS' }

/** Gmail grew out of Android's own mail application, whose screen texts these are. */
export const gmailApp: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('アカウントの追加', 'その他'),
        enterAddress,
        open('手動セットアップ'),
        match('アカウントの種類', 'receiving', { pop: 'POP3', imap: 'IMAP' }),
        open('受信サーバーの設定'),
        fill('サーバー', 'incomingHost'),
      ],
      'aospEmail',
    ),
    en: sourced(
      [
        open('Add account', 'Other'),
        enterAddress,
        open('Manual setup'),
        match('Account type', 'receiving', {}),
        open('Incoming server settings'),
        fill('SERVER', 'incomingHost'),
      ],
      'aospEmail',
    ),
  },
  outgoing: {
    ja: sourced([open('送信サーバーの設定'), fill('SMTPサーバー', 'outgoingHost')], 'aospEmail'),
    en: sourced([open('Outgoing server settings'), fill('SMTP SERVER', 'outgoingHost')], 'aospEmail'),
  },
  authentication: {
    ja: sourced([open('送信サーバーの設定'), turnOn('ログインが必要')], 'aospEmail'),
    en: sourced([open('Outgoing server settings'), turnOn('Require signin')], 'aospEmail'),
  },
  credentials: {
    ja: sourced([fill('ユーザー名', 'userName'), fill('パスワード', 'password')], 'aospEmail'),
    en: sourced([fill('USERNAME', 'userName'), fill('PASSWORD', 'password')], 'aospEmail'),
  },
  ports: {
    ja: sourced(
      [
        open('受信サーバーの設定'),
        fill('ポート', 'incomingPort'),
        match('セキュリティの種類', 'incomingSecurity', gmailSecurity),
        open('送信サーバーの設定'),
        fill('ポート', 'outgoingPort'),
        match('セキュリティの種類', 'outgoingSecurity', gmailSecurity),
      ],
      'aospEmail',
    ),
    en: sourced(
      [
        open('Incoming server settings'),
        fill('PORT', 'incomingPort'),
        match('SECURITY TYPE', 'incomingSecurity', gmailSecurityEnglish),
        open('Outgoing server settings'),
        fill('PORT', 'outgoingPort'),
        match('SECURITY TYPE', 'outgoingSecurity', gmailSecurityEnglish),
      ],
      'aospEmail',
    ),
  },
  labelsFrom: {
    ja: '表示の名前は Android 標準のメールのものです。いまの Gmail では少し違うことがあります。',
    en: 'The labels are those of Android’s own mail application; Gmail may differ a little today.',
  },
}

/** Receiving and sending are two things in FairEmail: an account and an identity. */
export const fairEmail: Dialog = {
  incoming: {
    ja: sourced([open('アカウントのセットアップ'), fill(null, 'incomingHost')], 'fairemailStrings'),
    en: unknown,
  },
  outgoing: { ja: sourced([open('IDのセットアップ'), fill(null, 'outgoingHost')], 'fairemailStrings'), en: unknown },
  authentication: noLabels,
  credentials: noLabels,
  ports: noLabels,
  labelsFrom: { ja: '表示の名前は古い版のものです。', en: 'The labels are those of an old version.' },
}

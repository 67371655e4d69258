import {
  choose,
  type Dialog,
  enterAddress,
  fill,
  match,
  noDialog,
  open,
  selectAccount,
  turnIf,
  turnOn,
} from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

export const sylpheed: Dialog = {
  incoming: {
    ja: sourced(
      [open('設定(C)', '現在のアカウントの設定(P)...', '基本'), fill('受信用サーバ', 'incomingHost')],
      'sylpheedStrings',
    ),
    en: sourced(
      [
        open('Configuration', 'Preferences for current account...', 'Basic'),
        fill('Server for receiving', 'incomingHost'),
      ],
      'sylpheedStrings',
    ),
  },
  outgoing: {
    ja: sourced([open('基本'), fill('SMTPサーバ (送信)', 'outgoingHost')], 'sylpheedStrings'),
    en: sourced([open('Basic'), fill('SMTP server (send)', 'outgoingHost')], 'sylpheedStrings'),
  },
  authentication: {
    ja: sourced([open('送信'), turnOn('SMTP認証 (SMTP AUTH)'), choose('認証方式', '自動')], 'sylpheedStrings'),
    en: sourced([open('Send'), turnOn('SMTP Authentication (SMTP AUTH)')], 'sylpheedStrings'),
  },
  credentials: {
    ja: sourced([fill('ユーザID', 'userName')], 'sylpheedStrings'),
    en: sourced([fill('User ID', 'userName')], 'sylpheedStrings'),
  },
  ports: {
    ja: sourced(
      [
        open('SSL'),
        turnIf('SMTPの接続にSSLを使用', 'outgoingSecurity', 'tls'),
        turnIf('SSLセッションの開始にSTARTTLSコマンドを使用', 'outgoingSecurity', 'starttls'),
        open('高度な設定'),
        fill('SMTPポートを指定', 'outgoingPort'),
      ],
      'sylpheedStrings',
    ),
    en: sourced(
      [
        open('SSL'),
        turnIf('Use SSL for SMTP connection', 'outgoingSecurity', 'tls'),
        turnIf('Use STARTTLS command to start SSL session', 'outgoingSecurity', 'starttls'),
        open('Advanced'),
        fill('Specify SMTP port', 'outgoingPort'),
      ],
      'sylpheedStrings',
    ),
  },
  popBeforeSmtp: { ja: sourced([turnOn('送信前にPOP3認証を行う')], 'sylpheedStrings'), en: unknown },
}

export const clawsMail: Dialog = {
  incoming: {
    ja: sourced(
      [open('設定(C)', '現在のアカウントを設定(P)...', '基本'), fill('受信用サーバ', 'incomingHost')],
      'clawsStrings',
    ),
    en: sourced(
      [
        open('Configuration', 'Preferences for current account...', 'Basic'),
        fill('Server for receiving', 'incomingHost'),
      ],
      'clawsStrings',
    ),
  },
  outgoing: {
    ja: sourced([open('基本'), fill('SMTPサーバ(送信用)', 'outgoingHost')], 'clawsStrings'),
    en: sourced([open('Basic'), fill('SMTP server (send)', 'outgoingHost')], 'clawsStrings'),
  },
  authentication: {
    ja: sourced([open('送信'), turnOn('SMTPサーバで認証(SMTP AUTH)を行う')], 'clawsStrings'),
    en: sourced([open('Send'), turnOn('SMTP Authentication (SMTP AUTH)')], 'clawsStrings'),
  },
  credentials: {
    ja: sourced([fill('ユーザID', 'userName')], 'clawsStrings'),
    en: sourced([fill('User ID', 'userName')], 'clawsStrings'),
  },
  ports: {
    ja: sourced(
      [
        turnIf('SSL/TLSを使用する', 'outgoingSecurity', 'tls'),
        turnIf('STARTTLSコマンドを使用して暗号化されたセッションを開始する', 'outgoingSecurity', 'starttls'),
        fill('SMTPポート', 'outgoingPort'),
      ],
      'clawsStrings',
    ),
    en: sourced(
      [
        open('TLS'),
        turnIf('Use TLS', 'outgoingSecurity', 'tls'),
        turnIf('Use STARTTLS command to start encrypted session', 'outgoingSecurity', 'starttls'),
        open('Advanced'),
        fill('SMTP port', 'outgoingPort'),
      ],
      'clawsStrings',
    ),
  },
  popBeforeSmtp: { ja: sourced([turnOn('送信する前にPOPで認証する')], 'clawsStrings'), en: unknown },
}

export const evolution: Dialog = {
  incoming: {
    ja: sourced(
      [open('メールの受信'), match('サーバー種別:', 'receiving', {}), fill('サーバー(S):', 'incomingHost')],
      'evolutionStrings',
    ),
    en: sourced(
      [open('Receiving Email'), match('Server Type', 'receiving', {}), fill('Server', 'incomingHost')],
      'evolutionStrings',
    ),
  },
  outgoing: {
    ja: sourced([open('メールの送信'), fill('サーバー(S):', 'outgoingHost')], 'evolutionStrings'),
    en: sourced([open('Sending Email'), fill('Server', 'outgoingHost')], 'evolutionStrings'),
  },
  authentication: {
    ja: sourced([turnOn('サーバー認証を行う(V)'), open('サポートしているかチェック')], 'evolutionStrings'),
    en: sourced([turnOn('Server requires authentication'), open('Check for Supported Types')], 'evolutionStrings'),
  },
  credentials: {
    ja: sourced([fill('ユーザー名(N):', 'userName')], 'evolutionStrings'),
    en: sourced([fill('Username', 'userName')], 'evolutionStrings'),
  },
  ports: {
    ja: sourced(
      [
        fill('ポート番号(P):', 'outgoingPort'),
        match(null, 'outgoingSecurity', { starttls: '接続後に STARTTLS', tls: '専用のポートで TLS' }),
      ],
      'evolutionStrings',
    ),
    en: sourced(
      [
        fill('Port', 'outgoingPort'),
        match(null, 'outgoingSecurity', { starttls: 'STARTTLS after connecting', tls: 'TLS on a dedicated port' }),
      ],
      'evolutionStrings',
    ),
  },
}

export const kmail: Dialog = {
  incoming: {
    ja: sourced([open('KMail を設定(C)...'), selectAccount, open('受信'), fill(null, 'incomingHost')], 'kmailStrings'),
    en: sourced([open('Configure KMail...', 'Accounts', 'Receiving'), fill(null, 'incomingHost')], 'kmailStrings'),
  },
  outgoing: {
    ja: sourced([open('送信', '送信アカウント'), fill('サーバのホスト名', 'outgoingHost')], 'kmailStrings'),
    en: sourced([open('Sending', 'Outgoing accounts'), fill(null, 'outgoingHost')], 'kmailStrings'),
  },
  authentication: {
    ja: sourced([turnOn('サーバは認証が必要(R)')], 'kmailStrings'),
    en: sourced([turnOn('Server requires authentication')], 'kmailStrings'),
  },
  credentials: {
    ja: sourced([fill('ログイン(L):', 'userName'), turnOn('SMTP パスワードを保存する(S)')], 'kmailStrings'),
    en: sourced([fill('Login', 'userName'), turnOn('Store SMTP password')], 'kmailStrings'),
  },
  ports: {
    ja: sourced(
      [
        fill('ポート(P):', 'outgoingPort'),
        match('暗号化:', 'outgoingSecurity', { none: '暗号化なし', tls: 'SSL 暗号', starttls: 'TLS 暗号' }),
      ],
      'kmailStrings',
    ),
    en: sourced([fill('Port', 'outgoingPort'), match('Encryption', 'outgoingSecurity', {})], 'kmailStrings'),
  },
}

export const geary: Dialog = {
  incoming: {
    ja: sourced([open('アカウントを追加', '受信'), fill('IMAP サーバー', 'incomingHost')], 'gearyStrings'),
    en: sourced([open('Add an account', 'Receiving'), fill('IMAP server', 'incomingHost')], 'gearyStrings'),
  },
  outgoing: {
    ja: sourced([open('送信'), fill('SMTP サーバー', 'outgoingHost')], 'gearyStrings'),
    en: sourced([open('Sending'), fill('SMTP server', 'outgoingHost')], 'gearyStrings'),
  },
  authentication: {
    ja: sourced([open('送信'), choose(null, '受信と同じ情報を使う')], 'gearyStrings'),
    en: sourced([open('Sending'), choose(null, 'Use same login as receiving')], 'gearyStrings'),
  },
  credentials: {
    ja: sourced([fill('ログイン名', 'userName')], 'gearyStrings'),
    en: sourced([fill('Login name', 'userName')], 'gearyStrings'),
  },
  ports: {
    ja: sourced(
      [match('接続のセキュリティ', 'outgoingSecurity', { tls: 'TLS', starttls: 'StartTLS' })],
      'gearyStrings',
    ),
    en: sourced(
      [match('Connection security', 'outgoingSecurity', { tls: 'TLS', starttls: 'StartTLS' })],
      'gearyStrings',
    ),
  },
}

export const emClient: Dialog = {
  ...noDialog,
  incoming: {
    ja: unknown,
    en: sourced(
      [open('Menu', 'Accounts'), enterAddress, open('Start Now'), fill(null, 'incomingHost')],
      'mailcowEmClient',
    ),
  },
}

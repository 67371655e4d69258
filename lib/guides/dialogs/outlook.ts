import {
  choose,
  type Dialog,
  enterAddress,
  fill,
  leaveEmpty,
  match,
  noLabels,
  open,
  say,
  selectAccount,
  turnOff,
  turnOn,
} from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

export const outlook98: Dialog = {
  incoming: {
    ja: unknown,
    en: sourced(
      [
        open('Tools', 'Accounts'),
        say(
          '企業向けの構成（Corporate/Workgroup）では ［Tools］→［Services］→［Internet E-mail］を開きます。',
          'In Corporate/Workgroup mode open Tools, Services, Internet E-mail instead.',
        ),
        selectAccount,
        open('Properties', 'Servers'),
        fill(null, 'incomingHost'),
      ],
      'tqci',
    ),
  },
  outgoing: {
    ja: unknown,
    en: sourced([open('Servers'), fill('Outgoing mail (SMTP)', 'outgoingHost')], 'ypisp4u'),
  },
  authentication: {
    ja: unknown,
    en: sourced(
      [
        open('Servers'),
        turnOn('My server requires authentication'),
        open('Settings'),
        choose(null, 'Use same settings as my incoming mail server'),
      ],
      'ypisp4u',
    ),
  },
  credentials: noLabels,
  ports: noLabels,
}

export const outlook2002: Dialog = {
  incoming: {
    ja: unknown,
    en: sourced(
      [
        open('Tools', 'E-mail Accounts...'),
        choose(null, 'View or change existing e-mail accounts'),
        open('Next'),
        selectAccount,
        open('Change...'),
        fill(null, 'incomingHost'),
      ],
      'ypisp4u',
    ),
  },
  outgoing: { ja: unknown, en: unknown },
  authentication: {
    ja: unknown,
    en: sourced(
      [
        open('More Settings...', 'Outgoing Server'),
        turnOn('My outgoing server (SMTP) requires authentication'),
        choose(null, 'Use same settings as my incoming mail server'),
      ],
      'ypisp4u',
    ),
  },
  credentials: {
    ja: unknown,
    en: sourced(
      [
        fill('User Name', 'userName'),
        fill('Password', 'password'),
        turnOff('Log on using Secure Password Authentication'),
      ],
      'tqci',
    ),
  },
  ports: {
    ja: unknown,
    en: unknown,
  },
}

/** Outlook 2016 to 2024 and Microsoft 365, the "classic" one. */
export const outlookClassic: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('ファイル', 'アカウントの追加'),
        enterAddress,
        open('詳細オプション'),
        turnOn('自分で自分のアカウントを手動で設定'),
        open('接続'),
        match(null, 'receiving', { pop: 'POP', imap: 'IMAP' }),
        open('受信メール'),
        fill('サーバー', 'incomingHost'),
      ],
      'xserverOutlook2019',
    ),
    en: sourced(
      [
        open('File', 'Add Account'),
        enterAddress,
        open('Advanced options'),
        turnOn('Let me set up my account manually'),
        open('Connect'),
        match(null, 'receiving', { pop: 'POP', imap: 'IMAP' }),
        open('Incoming mail'),
        fill('Server', 'incomingHost'),
      ],
      'xserverOutlook2019',
    ),
  },
  outgoing: {
    ja: sourced([open('送信メール'), fill('サーバー', 'outgoingHost')], 'xserverOutlook2019'),
    en: sourced([open('Outgoing mail'), fill('Server', 'outgoingHost')], 'xserverOutlook2019'),
  },
  authentication: {
    ja: sourced(
      [
        open('ファイル', 'アカウント設定', 'プロファイルの管理(O)', '変更', '詳細設定(M)', '送信サーバー'),
        turnOn('送信サーバー（SMTP）は認証が必要(O)'),
        choose(null, '受信メールサーバーと同じ設定を使用する(U)'),
      ],
      'xserverOutlook2019',
    ),
    en: sourced(
      [
        open('More Settings', 'Outgoing Server'),
        turnOn('My outgoing server (SMTP) requires authentication'),
        choose(null, 'Use same settings as my incoming mail server'),
      ],
      'xserverOutlook2019',
    ),
  },
  credentials: {
    ja: sourced([turnOff('セキュリティで保護されたパスワード認証 (SPA) でのログオンが必要')], 'xserverOutlook2019'),
    en: sourced([turnOff('Require logon using Secure Password Authentication (SPA)')], 'xserverOutlook2019'),
  },
  ports: {
    ja: sourced(
      [
        open('受信メール'),
        fill('ポート', 'incomingPort'),
        turnOn('このサーバーは暗号化された接続 (SSL/TLS) が必要'),
        open('送信メール'),
        fill('ポート', 'outgoingPort'),
        match('暗号化方法', 'outgoingSecurity', { tls: 'SSL/TLS' }),
      ],
      'xserverOutlook2019',
    ),
    en: sourced(
      [
        open('Incoming mail'),
        fill('Port', 'incomingPort'),
        turnOn('This server requires an encrypted connection (SSL/TLS)'),
        open('Outgoing mail'),
        fill('Port', 'outgoingPort'),
        match('Encryption method', 'outgoingSecurity', {}),
      ],
      'xserverOutlook2019',
    ),
  },
}

/** Outlook for Windows, the "new" one; no English label of it was found. */
export const outlookNew: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('プロバイダーを選択'),
        match(null, 'receiving', { pop: 'POP', imap: 'IMAP' }),
        turnOn('表示数を増やす'),
        turnOff('おすすめの設定を使用する'),
        fill('IMAP/POP 受信サーバー', 'incomingHost'),
      ],
      'xserverNewOutlook',
    ),
    en: unknown,
  },
  outgoing: { ja: sourced([fill('SMTP送信サーバー', 'outgoingHost')], 'xserverNewOutlook'), en: unknown },
  authentication: {
    ja: sourced(
      [
        say(
          '認証を入れるスイッチはありません。次の欄に名前を入れると、送信のときに認証します。',
          'There is no switch for authentication: a name in the next field turns it on.',
        ),
        fill('SMTPユーザー名', 'userName'),
      ],
      'xserverNewOutlook',
    ),
    en: unknown,
  },
  credentials: {
    ja: sourced(
      [fill('パスワード', 'password'), fill('SMTPユーザー名', 'userName'), leaveEmpty('SMTPパスワード')],
      'xserverNewOutlook',
    ),
    en: unknown,
  },
  ports: {
    ja: sourced(
      [
        fill('ポート', 'incomingPort'),
        match('セキュア接続タイプ', 'incomingSecurity', { tls: 'SSL/TLS (推奨)' }),
        fill('ポート', 'outgoingPort'),
        match('セキュア接続タイプ', 'outgoingSecurity', { tls: 'SSL/TLS (推奨)' }),
      ],
      'xserverNewOutlook',
    ),
    en: unknown,
  },
}

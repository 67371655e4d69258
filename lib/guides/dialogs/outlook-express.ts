import { choose, type Dialog, fill, open, selectAccount, turnOff, turnOn } from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

/** Outlook Express 4 to 6 for Windows; the labels are those of version 6. */
export const outlookExpress: Dialog = {
  incoming: {
    ja: sourced(
      [
        open('ツール(T)', 'アカウント(A)...', 'メール'),
        selectAccount,
        open('プロパティ(P)', 'サーバー'),
        fill('受信メール (POP3)', 'incomingHost'),
      ],
      'xserverOutlookExpress',
    ),
    en: sourced(
      [
        open('Tools', 'Accounts...', 'Mail'),
        selectAccount,
        open('Properties', 'Servers'),
        fill('Incoming mail (POP3)', 'incomingHost'),
      ],
      'xserverOutlookExpress',
      'ypisp4u',
    ),
  },
  outgoing: {
    ja: sourced([open('サーバー'), fill('送信メール (SMTP)', 'outgoingHost')], 'xserverOutlookExpress'),
    en: sourced([open('Servers'), fill('Outgoing mail (SMTP)', 'outgoingHost')], 'xserverOutlookExpress', 'ypisp4u'),
  },
  authentication: {
    ja: sourced(
      [
        open('サーバー', '送信メール サーバー'),
        turnOn('このサーバーは認証が必要'),
        open('設定'),
        choose(null, '受信メールサーバーと同じ設定を使用する(U)'),
        open('OK'),
      ],
      'xserverOutlookExpress',
      'ypisp4u',
    ),
    en: sourced(
      [
        open('Servers'),
        turnOn('My server requires authentication'),
        open('Settings...'),
        choose(null, 'Use same settings as my incoming mail server'),
        open('OK'),
      ],
      'xserverOutlookExpress',
      'ypisp4u',
    ),
  },
  credentials: {
    ja: sourced(
      [
        fill('アカウント名', 'userName'),
        fill('パスワード', 'password'),
        turnOff('セキュリティで保護されたパスワード認証でログオンする'),
      ],
      'xserverOutlookExpress',
    ),
    en: sourced(
      [
        fill('Account name', 'userName'),
        fill('Password', 'password'),
        turnOff('Log on using Secure Password Authentication'),
      ],
      'xserverOutlookExpress',
      'tqci',
    ),
  },
  ports: {
    ja: sourced(
      [open('詳細設定', 'サーバーのポート番号'), fill('送信メール (SMTP)', 'outgoingPort')],
      'xserverOutlookExpress',
    ),
    en: sourced(
      [open('Advanced', 'Server port numbers'), fill('Outgoing mail (SMTP)', 'outgoingPort')],
      'xserverOutlookExpress',
    ),
  },
}

const fromVersion6 = {
  ja: '表示の名前は Outlook Express 6 の画面のものです。この版では少し違うことがあります。',
  en: 'The labels are those of Outlook Express 6; this version may differ a little.',
}

export const outlookExpress4: Dialog = { ...outlookExpress, labelsFrom: fromVersion6 }

/** Entourage X and Outlook Express 5 for Macintosh share their account window. */
export const entourage: Dialog = {
  incoming: {
    ja: sourced([open('ツール', 'アカウント'), selectAccount, fill(null, 'incomingHost')], 'nsp'),
    en: sourced(
      [
        open('Tools', 'Accounts', 'Mail'),
        selectAccount,
        open('Edit', 'Account Settings', 'Receiving mail'),
        fill('POP server', 'incomingHost'),
      ],
      'frontierOutlookExpress',
    ),
  },
  outgoing: {
    ja: unknown,
    en: sourced(
      [open('Account Settings', 'Sending mail'), fill('SMTP server', 'outgoingHost')],
      'frontierOutlookExpress',
    ),
  },
  authentication: {
    ja: unknown,
    en: sourced(
      [
        open('Click here for advanced sending options'),
        turnOn('SMTP server requires authentication'),
        choose(null, 'Use same settings as receiving mail server'),
      ],
      'pleaseassist',
    ),
  },
  credentials: {
    ja: unknown,
    en: sourced([open('Log on using'), fill('Account ID', 'userName'), fill('Password', 'password')], 'pleaseassist'),
  },
  ports: {
    ja: unknown,
    en: sourced([turnOn('Override default SMTP port'), fill(null, 'outgoingPort')], 'znet'),
  },
}

/** Mailers made in Japan. Where only one language is given, no label of another edition was found. */
import {
  choose,
  type Dialog,
  fill,
  leaveEmpty,
  match,
  noDialog,
  noLabels,
  only,
  open,
  say,
  turnIf,
  turnOff,
  turnOn,
} from '../dialog.ts'
import { sourced, unknown } from '../fact.ts'

const beckyBase = {
  incoming: {
    ja: sourced(
      [open('ツール(T)', 'メールボックスの設定(M)'), fill('POP3サーバー(受信)(M)', 'incomingHost')],
      'xserverBecky',
    ),
    en: unknown,
  },
  outgoing: { ja: sourced([fill('SMTPサーバー(送信)(S)', 'outgoingHost')], 'xserverBecky'), en: unknown },
  authentication: {
    ja: sourced(
      [open('詳細'), turnOn('SMTP認証'), turnOn('LOGIN'), turnOn('PLAIN'), turnOn('ESMTPを使用（SMTP認証には必須）')],
      'xserverBecky',
    ),
    en: unknown,
  },
  credentials: {
    ja: sourced(
      [
        fill('ユーザーID(U)', 'userName'),
        fill('パスワード(P)', 'password'),
        say(
          '送信にも同じ名前とパスワードを使います。［SMTP認証］の下の［ユーザーID］と［パスワード］は空のままで構いません。',
          'Sending uses the same name and password. The two fields under "SMTP認証" may stay empty.',
        ),
      ],
      'xserverBecky',
      'biglobe',
    ),
    en: unknown,
  },
  popBeforeSmtp: { ja: sourced([open('詳細'), turnOn('POP before SMTPを使用')], 'xserverBecky'), en: unknown },
} satisfies Partial<Dialog>

/** Becky! 2 as it is today. */
export const becky: Dialog = {
  ...beckyBase,
  incoming: {
    ja: sourced(
      [
        open('ツール(T)', 'メールボックスの設定(M)'),
        match('受信プロトコル(T)', 'receiving', { pop: 'POP3', imap: 'IMAP4rev1' }),
        fill('POP3サーバー(受信)(M)', 'incomingHost'),
      ],
      'xserverBecky',
    ),
    en: unknown,
  },
  ports: {
    ja: sourced(
      [
        turnIf('SMTPS', 'outgoingSecurity', 'tls'),
        turnIf('POP3S/IMAPS', 'incomingSecurity', 'tls'),
        open('詳細', 'サーバーのポート番号'),
        fill('SMTP', 'outgoingPort'),
        only('receiving', 'pop', fill('POP3', 'incomingPort')),
        only('receiving', 'imap', fill('IMAP4', 'incomingPort')),
      ],
      'xserverBecky',
    ),
    en: unknown,
  },
}

/** Becky! 2 of 2002: the check boxes for SMTPS and OP25B came later. */
export const becky2002: Dialog = {
  ...beckyBase,
  ports: {
    ja: sourced([open('詳細', 'サーバーのポート番号'), fill('SMTP', 'outgoingPort')], 'xserverBecky'),
    en: unknown,
  },
  labelsFrom: {
    ja: '表示の名前は、その後の Becky! 2 の画面のものです。',
    en: 'The labels are those of a later Becky! 2.',
  },
}

export const edmax: Dialog = {
  incoming: {
    ja: sourced([open('アカウント設定'), fill('POP3サーバー名', 'incomingHost')], 'edcom'),
    en: unknown,
  },
  outgoing: { ja: sourced([open('アカウント設定'), fill('SMTPサーバー名', 'outgoingHost')], 'edcom'), en: unknown },
  authentication: {
    ja: sourced([turnOn('SMTPサーバーは認証が必要'), turnOff('CRAM-MD5で認証')], 'edcom'),
    en: unknown,
  },
  credentials: {
    ja: sourced(
      [
        fill('POP3ユーザーID', 'userName'),
        fill('POP3パスワード', 'password'),
        say('SMTP 用のユーザーIDとパスワードの欄にも、同じものを入れます。', 'Enter the same in the fields for SMTP.'),
      ],
      'edcom',
    ),
    en: unknown,
  },
  ports: {
    ja: sourced([fill('POP3ポート', 'incomingPort'), fill('SMTPポート', 'outgoingPort')], 'edcom'),
    en: unknown,
  },
  labelsFrom: {
    ja: '表示の名前は、後の版のヘルプのものです。',
    en: 'The labels are those of a later version’s help.',
  },
}

export const hidemaruMail: Dialog = {
  incoming: {
    ja: sourced(
      [open('アカウント毎の設定', 'メールサーバー'), fill('受信メールサーバー(POP3サーバー)', 'incomingHost')],
      'maruoServer',
    ),
    en: unknown,
  },
  outgoing: {
    ja: sourced(
      [open('アカウント毎の設定', 'メールサーバー'), fill('送信メールサーバー(SMTPサーバー)', 'outgoingHost')],
      'maruoServer',
    ),
    en: unknown,
  },
  authentication: {
    ja: sourced([turnOn('SMTP-AUTH'), open('トラブル対策'), choose('SMTP-AUTHの方式', '自動')], 'maruoTrouble'),
    en: unknown,
  },
  credentials: {
    ja: sourced([fill('メールアカウント', 'userName'), fill(null, 'password')], 'maruoServer'),
    en: unknown,
  },
  ports: {
    ja: sourced(
      [
        open('アカウント毎の設定', 'メールサーバー', '詳細', 'サーバーのポート番号'),
        fill(null, 'outgoingPort'),
        turnIf('SMTP over SSL', 'outgoingSecurity', 'tls'),
        turnIf('STARTTLSを使用', 'outgoingSecurity', 'starttls'),
      ],
      'maruoServerDetails',
    ),
    en: unknown,
  },
  popBeforeSmtp: { ja: sourced([turnOn('POP before SMTP')], 'maruoWizard'), en: unknown },
}

export const turukame: Dialog = {
  ...hidemaruMail,
  labelsFrom: {
    ja: '表示の名前は、後継の秀丸メール 7.3 のヘルプのものです。2.05 の画面とは違うことがあります。',
    en: 'The labels are those of its successor 秀丸メール 7.3; version 2.05 may differ.',
  },
}

export const denshin8: Dialog = {
  ...noDialog,
  authentication: {
    ja: sourced(
      [open('アカウント別の設定'), turnOn('SMTPサーバーも認証する'), choose('認証方式', '自動選択')],
      'denshin8Help',
    ),
    en: unknown,
  },
  credentials: {
    ja: sourced(
      [fill('POPログイン名', 'userName'), leaveEmpty('SMTPログイン名'), leaveEmpty('SMTPパスワード')],
      'notice',
      'denshin8Help',
    ),
    en: unknown,
  },
  labelsFrom: {
    ja: '送信の認証の表示は V32.1.7.3 のヘルプのものです。［SMTPログイン名］の欄がない版では、そのままで構いません。',
    en: 'The labels for sending are those of V32.1.7.3. Versions without the SMTP fields need nothing there.',
  },
}

export const arena: Dialog = {
  incoming: {
    ja: sourced([open('編集', 'アカウント設定...', 'サーバーセット'), fill(null, 'incomingHost')], 'arenaHelp'),
    en: unknown,
  },
  outgoing: { ja: sourced([open('サーバーセット'), fill(null, 'outgoingHost')], 'arenaHelp'), en: unknown },
  authentication: {
    ja: sourced(
      [
        open('サーバーセット', '詳細設定...', 'SMTP詳細設定'),
        turnOn('ユーザー認証を行う'),
        say(
          'その下で SMTP AUTH を選びます（選択肢の正確な表示は資料が見つかっていません）。',
          'Choose SMTP AUTH below it (its exact label was not found).',
        ),
      ],
      'arenaHelp',
    ),
    en: unknown,
  },
  credentials: noLabels,
  ports: noLabels,
  popBeforeSmtp: {
    ja: sourced(
      [
        open('サーバーセット', '詳細設定...', 'SMTP詳細設定'),
        turnOn('ユーザー認証を行う'),
        choose(null, '送信前にPOPサーバーに接続'),
      ],
      'arenaHelp',
    ),
    en: unknown,
  },
}

/** PostPet 2.0 has one screen and no SMTP AUTH. Its user name is written as account@POP-host. */
export const postpet2: Dialog = {
  incoming: { ja: sourced([fill('POPアカウント', 'userName')], 'postpetNext'), en: unknown },
  outgoing: { ja: sourced([fill('SMTPサーバ', 'outgoingHost')], 'postpetNext'), en: unknown },
  authentication: noLabels,
  credentials: {
    ja: sourced(
      [fill('電子メールアドレス', 'address'), fill('名前', 'personName'), fill('パスワード', 'password')],
      'postpetNext',
    ),
    en: unknown,
  },
  ports: noLabels,
}

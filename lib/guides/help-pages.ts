/** One page for each code: what happened, whether anything was lost, what to do next. */
import type { Bilingual } from './bilingual.ts'
import type { HelpCode } from './help-codes.ts'

export type HelpPage = {
  readonly title: Bilingual
  readonly happened: Bilingual
  readonly lost: Bilingual
  readonly next: readonly Bilingual[]
  readonly links: readonly HelpLink[]
}

export type HelpLink = 'doctor' | 'guides' | 'credentials' | 'security' | 'activity' | 'compatibility'

const notSent: Bilingual = {
  ja: 'メールは送られていません。書いたメールは、メールソフトの「送信トレイ」や「下書き」に残っています。設定を直してから、もう一度送信してください。',
  en: 'The message was not sent. It is still in your mail program, in the outbox or the drafts. Put the setting right and send it again.',
}

const nothingLost: Bilingual = {
  ja: '届いたメールは、すべてサーバーに残っています。何も失われていません。',
  en: 'All mail that has arrived is still on the server. Nothing was lost.',
}

export const helpPages: Readonly<Record<HelpCode, HelpPage>> = {
  S1: {
    title: { ja: '送信サーバーの名前が違います', en: 'The outgoing server has the wrong name' },
    happened: {
      ja: 'メールソフトが {smtp} にユーザー名とパスワードを送ろうとしました。{smtp} は POP before SMTP 専用で、SMTP AUTH には対応していません。',
      en: 'Your mail program tried to log in at {smtp}. That server is for POP before SMTP only and offers no SMTP AUTH.',
    },
    lost: notSent,
    next: [
      {
        ja: 'メールソフトのアカウント設定を開き、送信サーバーを {smtpa} に変えます。',
        en: 'Open the account settings of your mail program and change the outgoing server to {smtpa}.',
      },
      {
        ja: 'ポート番号を {submissionPort}、暗号化を SSL/TLS にします。',
        en: 'Set the port to {submissionPort} and the encryption to SSL/TLS.',
      },
      { ja: 'もう一度送信します。', en: 'Send again.' },
    ],
    links: ['doctor', 'guides'],
  },
  P1: {
    title: {
      ja: 'POP before SMTP は使わない設定になっています',
      en: 'POP before SMTP is turned off',
    },
    happened: {
      ja: '{smtp} から送ろうとしましたが、お客さまのメールアドレスでは POP before SMTP を使わない設定になっているか、いまは受け付けていません。',
      en: 'You tried to send through {smtp}, but POP before SMTP is turned off for your mailbox or is not accepted at present.',
    },
    lost: notSent,
    next: [
      {
        ja: 'おすすめは SMTP AUTH です。メール用パスワードを発行し、送信サーバーを {smtpa} に変えて、送信の認証をオンにします。',
        en: 'SMTP AUTH is the better way: issue a mail password, change the outgoing server to {smtpa} and turn on authentication for sending.',
      },
      {
        ja: 'メールソフトが SMTP AUTH に対応していないときは、メール用パスワードのページで送信の方法を POP before SMTP に切り替えます。',
        en: 'If your program cannot do SMTP AUTH, switch the sending method to POP before SMTP on the page of your mail passwords.',
      },
    ],
    links: ['doctor', 'credentials', 'guides', 'compatibility'],
  },
  P2: {
    title: { ja: '先に受信してから、送信してください', en: 'Receive first, then send' },
    happened: {
      ja: '{smtp} から送るときは、先に {pop} で受信する決まりです（POP before SMTP）。受信がまだか、受信から{minutes}分が過ぎたため、受け付けられませんでした。受信と送信で回線が変わったときにも、同じ表示になります。',
      en: 'To send through {smtp} you first receive from {pop} (POP before SMTP). You had not received yet, or more than {minutes} minutes had passed. The same happens if you received over another connection.',
    },
    lost: notSent,
    next: [
      {
        ja: '「受信」だけを行います（新着がなくても構いません）。「送受信」ボタンは送信を先に行うことがあるので使いません。',
        en: 'Receive only (there need not be any new mail). Do not use a Send/Receive button: it may send first.',
      },
      {
        ja: '受信してから{minutes}分以内に、もう一度送信します。',
        en: 'Send again within {minutes} minutes of receiving.',
      },
      {
        ja: '毎回の受信が手間に感じられるときは、SMTP AUTH に切り替えると、そのまま送れるようになります。',
        en: 'If receiving each time is a nuisance, switch to SMTP AUTH: then you just send.',
      },
    ],
    links: ['doctor', 'guides', 'credentials'],
  },
  P3: {
    title: {
      ja: 'この回線では POP before SMTP を使えません',
      en: 'POP before SMTP is not possible on this connection',
    },
    happened: {
      ja: 'POP before SMTP は、受信した人と送信する人が同じであることを、回線のアドレスで見分けます。お使いの回線は、ほかの方と同じアドレスを共有しているか（IPv6 の MAP-E・DS-Lite、スマートフォンの回線、公衆 Wi-Fi など）、当社の回線ではないため、見分けることができません。受信はこれまでどおりできます。',
      en: 'POP before SMTP tells by the network address that whoever sends is the one who received. Your connection shares its address with other people (MAP-E or DS-Lite over IPv6, a mobile network, public Wi-Fi), or it is not one of ours, so that cannot be told. Receiving goes on as before.',
    },
    lost: notSent,
    next: [
      {
        ja: 'メール用パスワードを発行し、送信サーバーを {smtpa}、ポートを {submissionPort} に変えて、送信の認証（SMTP AUTH）をオンにします。',
        en: 'Issue a mail password, change the outgoing server to {smtpa} and the port to {submissionPort}, and turn on authentication for sending (SMTP AUTH).',
      },
      {
        ja: 'メールソフトが SMTP AUTH に対応していないときは、ご自宅の固定回線（アドレスを共有しないもの）からお送りください。',
        en: 'If your program cannot do SMTP AUTH, send from a line at home that does not share its address.',
      },
    ],
    links: ['doctor', 'credentials', 'guides', 'compatibility'],
  },
  A1: {
    title: { ja: 'ユーザー名かパスワードが違います', en: 'The user name or the password is not right' },
    happened: {
      ja: 'メールソフトに入っているユーザー名かパスワードが、サーバーのものと一致しないか、まだ入っていません。発行したものを取り消した場合や、有効期限が切れた場合にも、同じ表示になります。',
      en: 'The user name or password in your mail program does not match, or is missing. The same is shown if it was revoked or has expired.',
    },
    lost: {
      ja: '送信のときなら、メールは送られていません。メールソフトの「送信トレイ」に残っています。受信のときなら、届いたメールはサーバーに残っています。',
      en: 'If you were sending, the message was not sent and is still in your outbox. If you were receiving, your mail is still on the server.',
    },
    next: [
      {
        ja: 'ログインに使うパスワードではなく、「メール用パスワード」を入れたか確かめます。',
        en: 'Make sure that you entered a mail password, not the password with which you sign in here.',
      },
      {
        ja: '送信のときは、送信サーバーが {smtpa} になっていて、送信の認証がオンになっているか確かめます。',
        en: 'For sending, make sure that the outgoing server is {smtpa} and that authentication for sending is on.',
      },
      {
        ja: 'それでも同じなら、メール用パスワードを新しく発行して入れ直します。古いものは取り消してください。',
        en: 'If that does not help, issue a new mail password, enter it, and revoke the old one.',
      },
    ],
    links: ['doctor', 'credentials', 'guides', 'activity'],
  },
  A2: {
    title: { ja: '暗号化（SSL/TLS）をオンにしてください', en: 'Turn on encryption (SSL/TLS)' },
    happened: {
      ja: 'メールソフトが、暗号化せずにパスワードを送ろうとしました。途中で読まれないように、サーバーが受け付けませんでした。',
      en: 'Your mail program tried to log in without encryption. The server refused, so that nobody on the way can read your password.',
    },
    lost: notSent,
    next: [
      {
        ja: '送信サーバー {smtpa} のポート番号を {submissionPort}、暗号化を SSL/TLS にします。受信の暗号化も SSL/TLS にします。',
        en: 'Set port {submissionPort} and SSL/TLS for the outgoing server {smtpa}. Set SSL/TLS for receiving too.',
      },
      {
        ja: '設定に SSL/TLS の欄がないときは、メールソフトが古く、いまのサーバーには安全につながりません。新しいソフトへお移りください。',
        en: 'If there is no such setting, the program is too old to connect safely. Please move to a newer one.',
      },
    ],
    links: ['doctor', 'guides', 'compatibility'],
  },
  A3: {
    title: { ja: '認証の方式が合っていません', en: 'The login method does not fit' },
    happened: {
      ja: 'メールソフトが、このサーバーにない認証の方式（APOP、CRAM-MD5、SPA など）を使おうとしました。',
      en: 'Your mail program tried a login method that this server does not offer (such as APOP, CRAM-MD5 or SPA).',
    },
    lost: notSent,
    next: [
      {
        ja: '認証の方式を「通常のパスワード」や「PLAIN」「LOGIN」に変えます。暗号化は SSL/TLS のままにします。',
        en: 'Change the method to "normal password", PLAIN or LOGIN. Leave the encryption at SSL/TLS.',
      },
      {
        ja: 'Outlook では「セキュリティで保護されたパスワード認証（SPA）」をオフにします。',
        en: 'In Outlook turn "Secure Password Authentication (SPA)" off.',
      },
    ],
    links: ['doctor', 'guides'],
  },
  A4: {
    title: {
      ja: 'このメール用パスワードは、もう使えません',
      en: 'This mail password can no longer be used',
    },
    happened: {
      ja: '使われたメール用パスワードは、取り消されたか、有効期限が切れています。',
      en: 'The mail password that was used has been revoked or has expired.',
    },
    lost: nothingLost,
    next: [
      {
        ja: 'メール用パスワードのページで、新しいものを発行します。',
        en: 'Issue a new one on the page of your mail passwords.',
      },
      {
        ja: 'メールソフトのユーザー名とパスワードを、新しいものに入れ替えます。受信と送信の両方です。',
        en: 'Replace user name and password in your mail program, for receiving and for sending.',
      },
      {
        ja: '取り消した覚えがないときは、利用の記録を確かめてください。',
        en: 'If you did not revoke it, have a look at your activity.',
      },
    ],
    links: ['doctor', 'credentials', 'activity', 'security'],
  },
  A5: {
    title: {
      ja: 'このメール用パスワードは、その用途には使えません',
      en: 'This mail password is not for that use',
    },
    happened: {
      ja: '使われたメール用パスワードは、発行のときに選んだ用途（送信・POP 受信・IMAP 受信）だけに使えます。いまの操作は、その中に入っていません。',
      en: 'A mail password works only for the uses chosen when it was issued (sending, receiving by POP, receiving by IMAP). This use was not among them.',
    },
    lost: nothingLost,
    next: [
      {
        ja: '送信と受信の両方に使うときは、両方を選んでメール用パスワードを発行し直します。',
        en: 'To send and receive, issue a mail password with both uses ticked.',
      },
      {
        ja: 'メールソフトの受信の方式（POP か IMAP か）が、選んだ用途と同じか確かめます。',
        en: 'Check that your program receives the way (POP or IMAP) that you chose.',
      },
    ],
    links: ['doctor', 'credentials', 'guides'],
  },
  L1: {
    title: { ja: '送れる数の上限に達しました', en: 'The sending limit was reached' },
    happened: {
      ja: '一度に送る宛先が多すぎるか、短い時間にたくさん送ったため、いったんお断りしました。1通につき{perMessage}人、1時間に{perHour}人、1日に{perDay}人までです。',
      en: 'There were too many recipients, or too much was sent in a short time. The limits are {perMessage} recipients per message, {perHour} per hour and {perDay} per day.',
    },
    lost: {
      ja: '一部の宛先には届いていることがあります。届かなかった分は、メールソフトの「送信トレイ」に残っているか、エラーメールでお知らせしています。',
      en: 'Some recipients may have received it. The rest is still in your outbox, or a message told you about it.',
    },
    next: [
      {
        ja: '宛先を分けて、しばらく時間をおいてから送ります。',
        en: 'Split the recipients and send again after a while.',
      },
      {
        ja: 'たくさん送った覚えがないときは、パスワードが盗まれたおそれがあります。すぐにメール用パスワードを取り消し、利用の記録を確かめてください。',
        en: 'If you did not send that much, your password may be stolen. Revoke your mail passwords at once and look at your activity.',
      },
    ],
    links: ['activity', 'credentials'],
  },
  L3: {
    title: { ja: '送信をお止めしています', en: 'Sending is on hold' },
    happened: {
      ja: '短いあいだに送信の上限へ何度も達したため、迷惑メールの送信に使われているおそれがあると判断し、このメールアドレスからの送信をお止めしています。受信はこれまでどおりできます。',
      en: 'The sending limits were reached several times within a few days. Somebody may be using this mailbox to send spam, so its sending is on hold. Receiving goes on as before.',
    },
    lost: notSent,
    next: [
      {
        ja: 'たくさん送った覚えがないときは、パスワードが盗まれたおそれがあります。すぐにメール用パスワードを取り消し、新しく発行してください。',
        en: 'If you did not send that much, your password may be stolen. Revoke your mail passwords at once and issue new ones.',
      },
      {
        ja: 'サポート窓口にご連絡ください。確認のうえ、送信を再開します。担当者に、だれへ送ったかは見えません。',
        en: 'Contact the support desk. They check with you and release it. They cannot see whom you wrote to.',
      },
    ],
    links: ['activity', 'credentials', 'security'],
  },
  L2: {
    title: {
      ja: '間違ったパスワードが続いたため、しばらくお待ちいただいています',
      en: 'Too many wrong passwords: please wait',
    },
    happened: {
      ja: 'お使いの場所から、またはお客さまのメールアドレスに対して、間違ったパスワードが何度も送られました。推測で開けられないように、表示された時間のあいだ、パスワードの確認をお断りしています。同じ間違いを繰り返しても1回と数えます。',
      en: 'Many wrong passwords were sent from your place or for your mailbox. So that nobody can guess one, passwords are not accepted for the time that your mail program shows. Repeating the same wrong password counts once.',
    },
    lost: nothingLost,
    next: [
      {
        ja: 'メールソフトのユーザー名とパスワードを確かめ、違っていれば直します。',
        en: 'Check user name and password in your mail program and correct them if they are wrong.',
      },
      {
        ja: '表示された時間だけ待ってから、もう一度お試しください。以前にログインしたことのある端末は、同じ場所からならそのまま使えます。',
        en: 'Wait for the time shown, then try again. A device that has logged in before goes on working where it is known.',
      },
      {
        ja: '覚えがないときは、利用の記録で、どこから試されたかを確かめられます。',
        en: 'If it was not you, your activity shows where the attempts came from.',
      },
    ],
    links: ['doctor', 'guides', 'activity', 'credentials'],
  },
  M1: {
    title: { ja: 'メールが大きすぎます', en: 'The message is too large' },
    happened: {
      ja: '添付ファイルなどを含めたメールの大きさが、上限を超えました。SMTP AUTH で送れるのは、およそ{megabytes}MBまでです。添付ファイルは、送るときに元の1.4倍ほどに膨らみます。',
      en: 'With its attachments the message is over the limit of about {megabytes} MB. Attachments grow by about 40 % when they are sent.',
    },
    lost: notSent,
    next: [
      { ja: '添付ファイルを減らすか、写真を小さくします。', en: 'Remove attachments or make pictures smaller.' },
      { ja: '何通かに分けて送ります。', en: 'Send it as several messages.' },
    ],
    links: [],
  },
  V1: {
    title: { ja: 'メールからウイルスが見つかりました', en: 'A virus was found in the message' },
    happened: {
      ja: '送ろうとしたメール、またはその添付ファイルに、ウイルスが見つかったため、受け付けませんでした。表示されたカッコの中が、ウイルスの名前です。',
      en: 'A virus was found in the message that you tried to send, or in a file attached to it. Its name is shown in brackets.',
    },
    lost: {
      ja: 'メールはだれにも届いていません。メールソフトの「送信トレイ」に残っていることがありますので、そのまま開かずに削除してください。',
      en: 'Nobody has received the message. It may still be in your outbox: delete it there without opening the attachment.',
    },
    next: [
      {
        ja: 'パソコンやスマートフォンを、最新のウイルス対策ソフトで検査します。ほかの機器で作ったファイルなら、その機器も検査します。',
        en: 'Check your computer or telephone with an up-to-date virus scanner, and the device that the file came from.',
      },
      {
        ja: '送った覚えのないメールなら、すぐにメール用パスワードを取り消し、検査が終わった機器にだけ、新しいパスワードを入れてください。',
        en: 'If you did not write the message, revoke your mail passwords at once and enter new ones only in devices that have been checked.',
      },
    ],
    links: ['credentials', 'activity', 'security'],
  },
  R1: {
    title: { ja: '差出人か宛先が受け付けられません', en: 'The sender or the recipient was refused' },
    happened: {
      ja: '差出人のアドレスがお客さまのものでないか、宛先のアドレスが見つからないか、送る資格が確かめられていません。',
      en: 'The sender’s address is not yours, the recipient’s address does not exist, or you have not logged in for sending.',
    },
    lost: notSent,
    next: [
      {
        ja: '宛先のアドレスに打ち間違いがないか確かめます。',
        en: 'Check the recipient’s address for mistakes.',
      },
      {
        ja: 'メールソフトの差出人（メールアドレス）が、ご自分のアドレスになっているか確かめます。',
        en: 'Check that the sender in your mail program is your own address.',
      },
      {
        ja: '送信サーバーが {smtpa} になっていて、送信の認証がオンになっているか確かめます。',
        en: 'Check that the outgoing server is {smtpa} and that authentication for sending is on.',
      },
    ],
    links: ['guides'],
  },
  H1: {
    title: { ja: '古いサーバーの名前が残っています', en: 'The old server name is still there' },
    happened: {
      ja: 'メールソフトの設定に、これまでのサーバー {old} が残っています。いまは、受信と送信のサーバーが分かれています。',
      en: 'Your mail program still has the old server {old}. Receiving and sending now have servers of their own.',
    },
    lost: nothingLost,
    next: [
      { ja: '受信サーバーを {pop} に変えます。', en: 'Change the incoming server to {pop}.' },
      {
        ja: '送信サーバーを {smtpa} に変えて、送信の認証（SMTP AUTH）をオンにします。古いメールソフトでは {smtp} を使います。',
        en: 'Change the outgoing server to {smtpa} and turn on SMTP AUTH. For an old program use {smtp}.',
      },
      {
        ja: '最初の受信で、これまでのメールがもう一度すべて届くことがあります。故障ではありません。',
        en: 'When you first receive, all your mail may arrive once more. That is not a fault.',
      },
    ],
    links: ['doctor', 'guides', 'credentials'],
  },
}

export const helpTexts = {
  ja: {
    indexTitle: 'エラーの番号から調べる',
    indexLead: 'メールソフトに表示された英文の終わりにある番号（/g/P2 なら P2）を選んでください。',
    code: (code: string) => `番号 ${code}`,
    happened: '何が起きたか',
    lost: 'メールは無事か',
    next: '次にすること',
    wire: 'メールソフトに表示される英文',
    links: {
      doctor: 'つながらないとき（いま何が起きているかを見る）',
      guides: 'メールソフトの設定ガイド',
      credentials: 'メール用パスワードを見る・発行する',
      security: 'ログインの管理',
      activity: '利用の記録を見る',
      compatibility: '対応メールソフト一覧',
    },
    all: 'ほかの番号を調べる',
    contact: '解決しないときは、この番号をお伝えください。',
  },
  en: {
    indexTitle: 'Look up an error code',
    indexLead: 'Choose the code at the end of the message that your mail program shows (P2 for /g/P2).',
    code: (code: string) => `Code ${code}`,
    happened: 'What happened',
    lost: 'Is my mail safe?',
    next: 'What to do next',
    wire: 'What your mail program shows',
    links: {
      doctor: 'Cannot connect? See what happens, live',
      guides: 'Set-up guides',
      credentials: 'See or issue mail passwords',
      security: 'Your sign-ins',
      activity: 'Your activity',
      compatibility: 'Compatible mail programs',
    },
    all: 'Look up another code',
    contact: 'If this does not help, tell us this code.',
  },
} as const

/** The words of the setup pages. {pop}, {smtp}, {smtpa}, {old}, {domain} and {minutes} stand for configured values. */
import type { Bilingual } from './bilingual.ts'
import type { Platform } from './client.ts'
import type { SectionPurpose, SlotName } from './dialog.ts'
import type { Confidence } from './fact.ts'
import type { Reachability } from './methods.ts'
import type { SendingMethod } from './warnings.ts'

export const methodNames: Readonly<Record<SendingMethod, Bilingual>> = {
  'smtp-auth': { ja: 'SMTP AUTH で送る', en: 'Send with SMTP AUTH' },
  'pop-before-smtp': { ja: 'POP before SMTP で送る', en: 'Send with POP before SMTP' },
}

export const methodSummaries: Readonly<Record<SendingMethod, Bilingual>> = {
  'smtp-auth': {
    ja: '一度設定すれば、あとはこれまでと同じように送れます。',
    en: 'Set it up once, then send as you always did.',
  },
  'pop-before-smtp': {
    ja: '送る前に一度受信し、{minutes}分以内に送ります。',
    en: 'Receive first, then send within {minutes} minutes.',
  },
}

export const platformNames: Readonly<Record<Platform, Bilingual>> = {
  windows: { ja: 'Windows', en: 'Windows' },
  macos: { ja: 'Mac（macOS）', en: 'Mac (macOS)' },
  ios: { ja: 'iPhone・iPad', en: 'iPhone and iPad' },
  android: { ja: 'Android', en: 'Android' },
  linux: { ja: 'Linux', en: 'Linux' },
  macintosh: { ja: 'Macintosh（2002年ごろまで）', en: 'Macintosh (up to about 2002)' },
  server: { ja: 'ウェブメール', en: 'Webmail' },
}

export const sectionTitles: Readonly<Record<SectionPurpose, Bilingual>> = {
  incoming: { ja: '受信サーバーの名前を変える', en: 'Change the incoming server' },
  outgoing: { ja: '送信サーバーの名前を変える', en: 'Change the outgoing server' },
  authentication: { ja: '送信の認証（SMTP AUTH）をオンにする', en: 'Turn on authentication for sending (SMTP AUTH)' },
  popBeforeSmtp: { ja: '送信の認証を使わない設定にする', en: 'Set sending to work without authentication' },
  credentials: { ja: 'ユーザー名とパスワードを入れる', en: 'Enter user name and password' },
  ports: { ja: 'ポート番号と暗号化を合わせる', en: 'Set ports and encryption' },
}

/** How a field is described when its label is not known. */
export const slotWords: Readonly<Record<SlotName, Bilingual>> = {
  incomingHost: { ja: '受信サーバー', en: 'incoming server' },
  incomingPort: { ja: '受信のポート番号', en: 'incoming port' },
  outgoingHost: { ja: '送信サーバー（SMTP サーバー）', en: 'outgoing server (SMTP server)' },
  outgoingPort: { ja: '送信のポート番号', en: 'outgoing port' },
  userName: { ja: 'ユーザー名（アカウント名）', en: 'user name (account name)' },
  password: { ja: 'パスワード', en: 'password' },
  address: { ja: 'メールアドレス', en: 'mail address' },
  personName: { ja: '名前', en: 'name' },
}

export const chooserNames = {
  receiving: { ja: '受信の方式', en: 'kind of account' },
  incomingSecurity: { ja: '受信の暗号化', en: 'incoming encryption' },
  outgoingSecurity: { ja: '送信の暗号化', en: 'outgoing encryption' },
} as const satisfies Record<string, Bilingual>

export const confidenceNotes: Readonly<Record<Confidence, Bilingual>> = {
  notice: {
    ja: '画面の言葉は、2002年のご案内に書かれているものです。',
    en: 'The labels are those printed in the notice of 2002.',
  },
  sourced: { ja: '画面の言葉は、資料で確かめたものです。', en: 'The labels were checked against a source.' },
  inferred: {
    ja: '画面の言葉は、資料から推定したものです。少し違うことがあります。',
    en: 'The labels are inferred from sources and may differ a little.',
  },
  mixed: {
    ja: '画面の言葉の一部は、資料で確かめられていません。',
    en: 'Some of the labels were not checked against a source.',
  },
  'common-knowledge': {
    ja: '画面の言葉は、資料で確かめられていません。少し違うことがあります。',
    en: 'The labels were not checked against a source and may differ a little.',
  },
  unknown: {
    ja: 'このソフトの画面の言葉は、資料が見つかっていません。一般的な言い方でご案内しています。',
    en: 'No source for the labels of this program was found; the wording here is general.',
  },
}

export const reachabilityTitles: Readonly<Record<Reachability, Bilingual>> = {
  safe: { ja: '安全に接続できます', en: 'Connects safely' },
  unencrypted: { ja: '暗号化されません', en: 'Not encrypted' },
  no: { ja: 'このソフトは、いまのサーバーにつながりません', en: 'This program cannot connect to the servers of today' },
  unknown: { ja: '確かめられていません', en: 'Not known' },
}

export const reachabilityBodies: Readonly<Record<Exclude<Reachability, 'safe'>, Bilingual>> = {
  unencrypted: {
    ja: 'このソフトは、いまの安全な暗号化（TLS 1.2 以上）に対応していません。つながりますが、パスワードとメールが途中で読まれるおそれがあります。早めに新しいソフトへお移りください。',
    en: 'This program does not know the encryption of today (TLS 1.2 or newer). It connects, but your password and mail could be read on the way. Please move to a newer program soon.',
  },
  no: {
    ja: 'このソフトは、いまの安全な暗号化（TLS 1.2 以上）に対応していません。このサーバーは暗号化していない接続を受け付けないため、次の設定をしてもつながりません。新しいソフトへお移りください。',
    en: 'This program does not know the encryption of today (TLS 1.2 or newer), and this server refuses logins without it. The settings below would not work. Please move to a newer program.',
  },
  unknown: {
    ja: 'このソフトが、いまの安全な暗号化（TLS 1.2 以上）に対応しているかどうかは確かめられていません。つながらないときは、新しいソフトをお使いください。',
    en: 'We do not know whether this program knows the encryption of today (TLS 1.2 or newer). If it cannot connect, use a newer program.',
  },
}

/** Japanese keeps a little distance from Latin letters, and none from its own brackets. */
function besideLatin(name: string): string {
  return /[a-z\d]$/i.test(name) ? `${name} ` : name
}

export const guideTexts = {
  ja: {
    indexTitle: 'メールソフトの設定ガイド',
    indexLead: 'お使いのメールソフトを選んでください。画面に沿って、入れる値を順番にご案内します。',
    filterTitle: '名前で探す',
    name: 'メールソフトの名前',
    nameHint: '例: べっきー、outlook',
    platform: '機器',
    method: '送信の方法',
    era: '時期',
    any: 'すべて',
    modern: 'いま使われているもの',
    notice: '2002年のご案内に載ったもの',
    search: '探す',
    clear: '条件を消す',
    found: (count: number) => `${count}件見つかりました`,
    close: 'その名前のメールソフトは見つかりませんでした。似た名前のものを表示しています。',
    nothingFound: '当てはまるメールソフトは見つかりませんでした',
    nothingFoundBody:
      '名前を短くするか、カタカナやローマ字でもお試しください。載っていないソフトでも、下の「どのソフトにも共通の値」で設定できます。',
    commonValues: 'どのソフトにも共通の値',
    commonValuesLead: '一覧にないメールソフトには、次の値を入れてください。',
    title: (name: string) => `${besideLatin(name)}の設定`,
    lead: 'サーバーの名前が変わりました。下の順に、5つの設定を直してください。',
    leadWithoutConnection: '新しいソフトへお移りください。設定の手順は、参考として載せています。',
    changes: '何が変わるか',
    receivingServer: '受信',
    sendingServer: '送信',
    methodTitle: '送信の方法',
    methodLead: 'どちらか一方を選びます。迷ったら SMTP AUTH にしてください。',
    recommended: 'おすすめ',
    chosen: '表示中',
    notPossible: 'このソフトでは使えません',
    turnedOff: 'いまは受け付けていません',
    receivingTitle: '受信の方式',
    receivingNotes: {
      pop: 'これまでと同じ受信の方式です。メールをこの機器に取り込みます。',
      imap: 'メールをサーバーに置いたまま、どの機器でも同じものを見ます。',
    },
    valuesTitle: 'メールソフトに入れる値',
    valuesLead: 'このページを見ながら、そのとおりに入れてください。',
    receivingValues: '受信の設定',
    sendingValues: '送信の設定',
    loginValues: 'ログインに使うもの',
    yourValues: (address: string) => `${address} の値を表示しています。`,
    signInForYours: 'ログインすると、ご自分のユーザー名が表示されます。',
    signIn: 'ログインする',
    noCredential: 'このソフト用のメール用パスワードは、まだ発行されていません。先に発行してください。',
    issueCredential: 'メール用パスワードを発行する',
    otherMailbox: '別のメールアドレスの値を見る',
    password: 'パスワード',
    passwordNote: '発行のときに一度だけ表示されます。忘れたときは、新しく発行し直してください。',
    trialTitle: 'この試用機での値',
    trialLead: 'この機械で試すときは、サーバー名とポート番号だけ次の値に置き換えてください。',
    stepsTitle: '設定の手順',
    otherEdition: {
      en: '一部の画面の言葉は、英語版のものしか資料が見つかっていません。日本語版では別の言葉で表示されます。',
      ja: '画面の言葉は日本語版のものです。',
    },
    sources: 'この手順の根拠',
    drawingTitle: (title: string) => `設定画面の図: ${title}`,
    drawingNote: '図は説明のために描いたもので、実際の画面とは形が異なります。',
    sendTitle: '送るときの順番',
    sendSteps: [
      '先に、メールを受信します（新着がなくても構いません）。',
      '受信してから{minutes}分以内に送信します。',
      '送信の途中で{minutes}分が過ぎても、そのメールが途切れることはありません。',
    ],
    checkTitle: '送れるか確かめる',
    checkBody: '最後に、ご自分宛てに1通送ってみてください。届けば完了です。',
    checkHelp: '送れないときは、メールソフトに出た英文の末尾の番号（P2 など）を開くと、次にすることがわかります。',
    helpIndex: 'エラーの番号から調べる',
    warningsTitle: '気をつけること',
    successor: (name: string) => `${besideLatin(name)}の設定を見る`,
    chooseSuccessor: 'いま使われているソフトから選ぶ',
    version: (date: string) => `${date} 版`,
    history: 'このページの変更の記録',
    print: 'このページは、そのまま印刷できます。',
    addressTitle: 'このガイドのアドレス',
    addressBody: '印刷した紙や電話から開くときに使えます。スマートフォンでは、このQRコードを読み取ってください。',
    qr: (address: string) => `QRコード: ${address}`,
    plain: '文字だけのページを開く',
    typedLabel: 'メールアドレスを入れると、あなたの値が出ます',
    typedHint: 'このページの中だけで使います。どこにも送らず、保存もしません。',
    typedAddress: 'メールアドレス',
    typedUserName: 'ユーザー名',
    backToIndex: 'ほかのメールソフトを選ぶ',
    compatibility: '対応メールソフト一覧を見る',
  },
  en: {
    indexTitle: 'Setting up your mail program',
    indexLead: 'Choose your mail program. The guide takes you through its screens, value by value.',
    filterTitle: 'Find it by name',
    name: 'Name of the mail program',
    nameHint: 'such as Thunderbird, outlook, becky',
    platform: 'Device',
    method: 'Way of sending',
    era: 'Age',
    any: 'All',
    modern: 'In use today',
    notice: 'In the notice of 2002',
    search: 'Find',
    clear: 'Clear',
    close: 'No mail program has this name. These have similar names.',
    found: (count: number) => (count === 1 ? '1 program found' : `${count} programs found`),
    nothingFound: 'No mail program matches',
    nothingFoundBody:
      'Try a shorter name. A program that is not listed can be set up with the values for any program below.',
    commonValues: 'Values for any program',
    commonValuesLead: 'For a mail program that is not in the list, enter these values.',
    title: (name: string) => `Setting up ${name}`,
    lead: 'The servers have new names. Go through these five settings in order.',
    leadWithoutConnection: 'Please move to a newer program. The steps are here for reference.',
    changes: 'What changes',
    receivingServer: 'Receiving',
    sendingServer: 'Sending',
    methodTitle: 'Way of sending',
    methodLead: 'Choose one of the two. If in doubt, take SMTP AUTH.',
    recommended: 'Recommended',
    chosen: 'Shown here',
    notPossible: 'Not possible with this program',
    turnedOff: 'Not accepted at present',
    receivingTitle: 'Way of receiving',
    receivingNotes: {
      pop: 'As before: mail is fetched to this device.',
      imap: 'Mail stays on the server and looks the same on every device.',
    },
    valuesTitle: 'Values for your mail program',
    valuesLead: 'Keep this page beside you and enter the values exactly as shown.',
    receivingValues: 'Receiving',
    sendingValues: 'Sending',
    loginValues: 'To log in',
    yourValues: (address: string) => `These are the values for ${address}.`,
    signInForYours: 'Sign in to see your own user name here.',
    signIn: 'Sign in',
    noCredential: 'You have no mail password for this program yet. Issue one first.',
    issueCredential: 'Issue a mail password',
    otherMailbox: 'Show the values for another address',
    password: 'Password',
    passwordNote: 'Shown once, when it is issued. If you have lost it, issue a new one.',
    trialTitle: 'Values on this trial machine',
    trialLead: 'To try it on this machine, replace only the server names and ports by these.',
    stepsTitle: 'Step by step',
    otherEdition: {
      en: 'The labels that were found are those of the English edition.',
      ja: 'Some labels were found for the Japanese edition only; they are shown as they stand on its screens.',
    },
    sources: 'Where this comes from',
    drawingTitle: (title: string) => `Drawing of the settings: ${title}`,
    drawingNote: 'The drawings explain; the real screens look different.',
    sendTitle: 'Whenever you send',
    sendSteps: [
      'Receive your mail first (there need not be any new mail).',
      'Send within {minutes} minutes of receiving.',
      'A message that is still being sent when {minutes} minutes are over is not cut off.',
    ],
    checkTitle: 'See whether it works',
    checkBody: 'Send a message to yourself. When it arrives, you are done.',
    checkHelp:
      'If it cannot be sent, open the code at the end of the message that your mail program shows (such as P2): it tells what to do next.',
    helpIndex: 'Look up an error code',
    warningsTitle: 'Watch out for',
    successor: (name: string) => `Show how to set up ${name}`,
    chooseSuccessor: 'Choose a program of today',
    version: (date: string) => `Version of ${date}`,
    history: 'Changes to this page',
    print: 'This page can be printed as it is.',
    addressTitle: 'The address of this guide',
    addressBody: 'For opening it from paper or by telephone. With a smartphone, scan the QR code.',
    qr: (address: string) => `QR code: ${address}`,
    plain: 'Open the page as plain text',
    typedLabel: 'Enter your mail address to see your values',
    typedHint: 'It is used on this page only; it is neither sent nor kept.',
    typedAddress: 'Mail address',
    typedUserName: 'User name',
    backToIndex: 'Choose another mail program',
    compatibility: 'See which programs are compatible',
  },
} as const

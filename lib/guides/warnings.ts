/**
 * What goes wrong with particular clients, learnt from how they behave. {pop}, {smtp}, {smtpa}, {domain} and {minutes}
 * stand for configured values.
 */
import type { Bilingual } from './bilingual.ts'
import type { SourceId } from './sources.ts'

export type SendingMethod = 'smtp-auth' | 'pop-before-smtp'

type Warning = Bilingual & {
  readonly sources: readonly SourceId[]
  /** said on the page of one method only */
  readonly method?: SendingMethod
}

export const warnings = {
  spaOff: {
    ja: '「セキュリティで保護されたパスワード認証」（SPA）は、オフのままにします。オンにすると、パスワードが正しくてもログインできません。',
    en: 'Leave "Secure Password Authentication" (SPA) off. With it on, even the right password is refused.',
    sources: ['xserverOutlookExpress', 'tqci'],
  },
  sendReceiveOrder: {
    ja: '「送受信」ボタンは、送信を先に行います。まず受信だけを行い、それから{minutes}分以内に送信してください。',
    en: 'The Send/Receive button sends first. Receive on its own first, then send within {minutes} minutes.',
    sources: ['tokaiSendReceive', 'nnetSendReceive'],
    method: 'pop-before-smtp',
  },
  starttlsPort: {
    ja: 'このソフトは、25番以外のポートでは「最初から暗号化」（465番）しか使えません。587番で暗号化をオンにすると、つながりません。',
    en: 'On any port but 25 this program can only start encrypted (port 465). With encryption ticked on 587 it cannot connect.',
    sources: ['startTlsPorts'],
  },
  port25Blocked: {
    ja: '外出先などのほかの会社の回線では、25番ポートでの送信が止められていることがあります。そのときは SMTP AUTH をお使いください。',
    en: 'Over another company’s connection, sending through port 25 may be blocked. Use SMTP AUTH there.',
    sources: [],
    method: 'pop-before-smtp',
  },
  apopOff: {
    ja: '受信の認証方式は APOP にせず、パスワードにします。APOP にすると SMTP AUTH が使えません（ご案内の※2）。',
    en: 'Set the authentication for receiving to password, not APOP. With APOP, SMTP AUTH cannot be used (※2 of the notice).',
    sources: ['notice'],
    method: 'smtp-auth',
  },
  apopByDefault: {
    ja: '初期設定では受信の認証が APOP になっています。このサーバーでは mew-pop-auth を pass にします。',
    en: 'Receiving uses APOP by default. For this server set mew-pop-auth to pass.',
    sources: ['mewVars'],
  },
  fullAddress: {
    ja: 'ユーザー名の欄には、＠より後ろも含めた形（例: xxxxx@{domain}）で入れます。このソフトは受信と送信に同じ名前を使うためです（ご案内の※1）。',
    en: 'Enter the user name with everything after the @ (such as xxxxx@{domain}): this program uses one name for receiving and sending (※1 of the notice).',
    sources: ['notice'],
  },
  upgradeForSmtpAuth: {
    ja: '設定欄はありますが、この版の SMTP AUTH は働きません。新しい版に上げると使えるようになります（ご案内の※4）。',
    en: 'There are fields for it, but SMTP AUTH does not work in this version. A newer version makes it work (※4 of the notice).',
    sources: ['notice'],
  },
  needsCramMd5: {
    ja: '1.13 そのものは CRAM-MD5 という方式しか使えません。パスワードの発行画面に「CRAM-MD5 か APOP しか使えないメールソフトでも使う」の項目があれば、それを選んで発行します。改良された 1.13b なら、ふつうのパスワードで使えるとの報告があります。',
    en: 'Plain 1.13 only knows the method CRAM-MD5. If the page that issues passwords has “Also for programs that only know CRAM-MD5 or APOP”, issue one with it. The later 1.13b is reported to work with any password.',
    sources: ['psn'],
    method: 'smtp-auth',
  },
  cramMd5Off: {
    ja: '「CRAM-MD5で認証」はオフにします。ふつうに発行したパスワードでは使えない方式です。',
    en: 'Leave the option for CRAM-MD5 off: passwords are not issued for that method unless you ask for it.',
    sources: ['edcom'],
    method: 'smtp-auth',
  },
  cramMd5First: {
    ja: '7.1 では、CRAM-MD5 のないサーバーで送信できないとの報告があります。うまくいかないときは、ほかのソフトをお使いください。',
    en: 'Version 7.1 is reported to fail on servers without CRAM-MD5. If sending fails, use another program.',
    sources: ['psn'],
    method: 'smtp-auth',
  },
  authEqualsOnly: {
    ja: '4.0 は古い書き方の SMTP AUTH しか読めません。つながらないときは 6.0 か、いまのメールソフトをお使いください。',
    en: 'Version 4.0 only reads an early form of SMTP AUTH. If it cannot connect, use 6.0 or a program of today.',
    sources: ['authEquals'],
    method: 'smtp-auth',
  },
  outlookXpHost: {
    ja: '認証をオンにすると、送信にも受信サーバーの名前を使ってしまうことがあります。送信サーバーが {smtpa} のままか、確かめてください。',
    en: 'With authentication on, some copies send through the receiving server’s name. Check that the outgoing server still says {smtpa}.',
    sources: ['alentus', 'itweek'],
    method: 'smtp-auth',
  },
  authWithoutSwitch: {
    ja: '認証をするかどうかの切り替えはなく、サーバーが対応していれば自動で行います。POP before SMTP で送るときに名前やパスワードを聞かれたら、送信サーバーの名前が違っています。',
    en: 'There is no switch: it logs in whenever the server offers it. If it asks for a password with POP before SMTP, the outgoing server’s name is wrong.',
    sources: ['expedient'],
  },
  passwordNotKept: {
    ja: '送信のパスワードは保存されません。ソフトを起動するたびに聞かれます。',
    en: 'The password for sending is not kept: it is asked for each time the program is started.',
    sources: ['expedient'],
    method: 'smtp-auth',
  },
  smtpAuthDoubtful: {
    ja: 'この版で SMTP AUTH が使えるかどうかは、資料によって食い違っています。送信できないときは POP before SMTP か、いまのメールソフトをお使いください。',
    en: 'Sources disagree on whether SMTP AUTH works in this version. If sending fails, use POP before SMTP or a program of today.',
    sources: ['omakase', 'notice'],
    method: 'smtp-auth',
  },
  esmtpOn: {
    ja: '「ESMTPを使用」をオンにしないと、SMTP AUTH は働きません。',
    en: 'SMTP AUTH only works with ESMTP turned on.',
    sources: ['xserverBecky'],
    method: 'smtp-auth',
  },
  postpetAccountForm: {
    ja: 'POP アカウントの欄は、ユーザー名のうしろに ＠ と受信サーバーの名前を続けた形で入れます。',
    en: 'The POP account is written as the user name, an @ and the receiving server’s name.',
    sources: ['postpetNext'],
  },
  postpetDelivery: {
    ja: 'ペットが運べるのは、宛先が1人で Cc も添付ファイルもないメールです。ほかのメールはポストマンが届けます。',
    en: 'The pet carries mail to one person without Cc and attachments; the postman delivers the rest.',
    sources: ['postpetV3Manual'],
  },
  outlookExpress506: {
    ja: 'ほかのプロバイダーでは、5.06 まで上げるように案内していました。うまくいかないときは新しい版をお試しください。',
    en: 'Another provider asked for 5.06. If it does not work, try a newer version.',
    sources: ['frontierOutlookExpress'],
    method: 'smtp-auth',
  },
  mailThroughCloud: {
    ja: 'このソフトは、マイクロソフトのサーバーを通してメールを送受信します。パスワードとメールもそこに預けられます。そのため POP before SMTP は使えません。利用の記録には、マイクロソフトの接続元が表示されます。',
    en: 'This program sends and receives through Microsoft’s servers, which also hold your password and mail. POP before SMTP cannot work, and your activity shows Microsoft’s address.',
    sources: ['mailcowOutlook'],
  },
  mayGoThroughCloud: {
    ja: 'このソフトは、開発元のサーバーを通してメールを送受信することがあります。そのときは、パスワードもそこに預けられます。',
    en: 'This program may send and receive through its maker’s servers; your password is then kept there.',
    sources: [],
  },
  cannotEditLater: {
    ja: 'サーバー名と SMTP のユーザー名は、あとから変えられません。古い設定がある場合は、アカウントを削除してから、もう一度追加してください。',
    en: 'The server names and the SMTP user name cannot be changed later. Remove the old account and add it again.',
    sources: ['xserverNewOutlook'],
  },
  automaticProbing: {
    ja: '「接続設定を自動的に管理」がオンだと、ソフトがポートや認証方法を勝手に変えてしまうことがあります。つながらないときはオフにします。',
    en: 'With connection settings managed automatically, Mail may change ports and authentication by itself. If it cannot connect, turn that off.',
    sources: ['appleSupport', 'mailcowApple'],
  },
  emptySmtpUserName: {
    ja: '送信メールサーバのユーザ名とパスワードは「オプション」と表示されますが、必ず入れます。空のままだと送信できません。',
    en: 'The user name and password of the outgoing server are shown as optional, but fill them in: without them nothing can be sent.',
    sources: ['xserverIphone'],
    method: 'smtp-auth',
  },
  sharedAddress: {
    ja: 'ウェブメールは、全員がひとつの接続元を共有します。POP before SMTP は使えません。',
    en: 'Everybody who uses a webmail shares one address. POP before SMTP cannot be used.',
    sources: ['roundcubeDefaults'],
  },
} as const satisfies Record<string, Warning>

export type WarningId = keyof typeof warnings

export function warningOf(id: WarningId): Warning {
  return warnings[id]
}

/** Why a lost mark was probably what we take it for. */
import type { Bilingual } from './bilingual.ts'

export const reasons = {
  promisedByUpgrade: {
    ja: '1.12 の行の※4が「バージョンアップすると使える」と述べており、そのバージョンアップ先がこの行です。2003年の他社の一覧（omakase.jp）でも 1.13 以降が確認済みです。',
    en: 'Footnote ※4 on the 1.12 row says that upgrading makes it work, and this is the upgrade. Another provider’s list of 2003 (omakase.jp) has 1.13 and later as confirmed.',
  },
  listedElsewhereAndCommon: {
    ja: '当時ほかのプロバイダーが検証した一覧に使えるものとして載っており、広く使われていました。注がないので、印だけだったと考えられます。',
    en: 'Lists that other providers tested at the time have it as working, and it was in wide use. It carries no footnote, so the mark stood alone.',
  },
  exactBuild: {
    ja: '「検証したバージョン」の列に細かい版番号まで書かれ、注がありません。ほかの資料は見つかっていません。',
    en: 'An exact build number stands under the heading "verified versions", without a footnote. No outside source was found.',
  },
  eudoraBefore43: {
    ja: 'Eudora が SMTP AUTH に対応したのは 4.3 からです。また、使える Eudora の行には※1が付くはずで、付いていれば印も残っていたはずです。',
    en: 'Eudora has had SMTP AUTH since 4.3. A Eudora row that works would also carry ※1, and then its mark would have survived.',
  },
  eudora50Contradiction: {
    ja: '使えるとされた Eudora の行にはすべて※1が付き、印も残っています。この行には付いていないので「−」の形に見えます。ところが、他社の一覧は 4.3.2-J 以降を確認済みとし、説明書にも機能が載っています。どちらとも決められないため、不明としています。',
    en: 'Every Eudora row that works carries ※1 and kept its mark; this one carries none, which looks like "−". Yet another provider confirms 4.3.2-J and later, and the manual documents the feature. The two contradict, so it stays unknown.',
  },
  edmaxSwitch: {
    ja: '検証した版番号が書かれ、開発元のヘルプに SMTP AUTH の設定があり、他社（psn）も使えるものとして挙げています。',
    en: 'The tested build is named, the vendor’s help has a switch for SMTP AUTH, and another provider (psn) lists EdMax as usable.',
  },
  sameDialogAsOutlook98: {
    ja: 'お客さまの報告（※5）で使えるとわかっている Outlook 98 や Outlook Express 5 と同じ設定画面です。他社の一覧（onepostal、omakase）でも動作するとされています。',
    en: 'It has the same dialog as Outlook 98, which a customer confirmed (※5), and Outlook Express 5. Other lists (onepostal, omakase) have it as working.',
  },
  authEqualsForm: {
    ja: '他社の一覧（omakase）は Outlook Express 4 以降を挙げています。ただし、古い書き方の AUTH=LOGIN を知らせるサーバーでだけ動きます。5.0 以降とする一覧（onepostal）もあり、「△」や「−」だった可能性も残ります。',
    en: 'One list (omakase) has Outlook Express 4 and later. It only works where the server announces the old form AUTH=LOGIN. Another list (onepostal) starts at 5.0, so △ or − remain possible.',
  },
  mostUsedClient: {
    ja: '当時もっとも使われていたメールソフトで、日米の一覧がどちらも SMTP AUTH への対応を確認しています。注はありません。',
    en: 'The most used client of the time; Japanese and American lists of those days confirm SMTP AUTH. No footnote.',
  },
  olderOneWorks: {
    ja: 'これより古い 4.51 がお客さまの報告（※5）で使えており、他社の一覧（omakase）も 4.6 以降を挙げています。',
    en: 'The older 4.51 works according to a customer (※5), and another list (omakase) has 4.6 and later.',
  },
  netscape6: {
    ja: '他社の一覧（onepostal）が 6.0 を動作する最低の版としており、中身は Netscape 7 と同じ系統です。',
    en: 'Another list (onepostal) gives 6.0 as the lowest version that works, and it shares its engine with Netscape 7.',
  },
  netscape7: {
    ja: '2002年10月の時点で最新のソフトで、「ユーザー名とパスワード」の設定がはっきり用意されています。',
    en: 'In October 2002 this was a current product with an explicit "User name and password" setting.',
  },
  shurikenNoSource: {
    ja: '2.2 についての資料が見つかっていません。「○」か「△」のどちらかで、控えめな「△」と見ています。',
    en: 'No source for 2.2 was found. It is either ○ or △; △ is the more careful reading.',
  },
  postpetNoField: {
    ja: '設定画面にあるのは SMTP サーバ、POP アカウント、メールアドレス、名前、パスワードだけで、送信の認証の欄がありません。',
    en: 'Its settings have only SMTP server, POP account, address, name and password: no field for authentication when sending.',
  },
  postpetV3New: {
    ja: '2002年の秋に出たばかりで、説明書だけで判断された可能性が高いと見ています。設定画面の資料は見つかっていません。',
    en: 'Brand-new in the autumn of 2002, so it was probably judged from its manual. No text of its settings was found.',
  },
  winbiffListed: {
    ja: '検証した版番号が書かれており、他社の一覧（psn）も 2.50RC4 を使えるものとして挙げています。',
    en: 'The tested build is named, and another list (psn) has 2.50RC4 as usable.',
  },
  turukameDocumented: {
    ja: '検証した版番号が書かれており、後継の秀丸メールの説明書に SMTP-AUTH と POP before SMTP の設定があります。',
    en: 'The tested build is named, and its successor 秀丸メール documents SMTP-AUTH and POP before SMTP.',
  },
  arenaGuide: {
    ja: '開発元の案内によれば 2.0（2001年2月）から SMTP AUTH に対応しています。検証済みの「○」か、説明書による「△」かは区別できません。',
    en: 'The vendor says SMTP AUTH came with 2.0 (February 2001). Whether this was tested (○) or read in the manual (△) cannot be told.',
  },
  bundledMail: {
    ja: 'Mac OS X に付属し、送信のときのパスワード認証を備えていました。後の他社の一覧にも Mac OS X の Mail が載っています。',
    en: 'It came with Mac OS X and had password authentication for sending. Later lists include Mail of Mac OS X.',
  },
  sameAsOutlookExpress504: {
    ja: '設定の手順が資料に残っており、※4が使えると述べる Outlook Express 5.04/5.05 と同じ系統です。',
    en: 'Set-up steps for it exist, and it shares its engine with Outlook Express 5.04/5.05, which ※4 says will work.',
  },
  isTheUpgrade: {
    ja: '5.02 の行の※4が「バージョンアップすると使える」と述べており、そのバージョンアップ先がこの行です。',
    en: 'Footnote ※4 on the 5.02 row says that upgrading makes it work, and this is that upgrade.',
  },
  sameCodeAsWindows: {
    ja: 'Windows 版の Netscape 6 と同じプログラムから作られています。',
    en: 'It is built from the same code as Netscape 6 for Windows.',
  },
  sweetMailNoSource: {
    ja: '資料がまったく見つからないため、不明としています。',
    en: 'No source was found at all, so it stays unknown.',
  },
} as const satisfies Record<string, Bilingual>

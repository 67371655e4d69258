/** Where facts about mail clients come from: manuals, help pages, translations and source code of the clients. */

export const sources = {
  notice: {
    title: 'インフォニアのご案内（2002年10月17日）',
    where: 'http://www.nia.ad.jp/infoNia/news/article/02101700.html',
  },

  // what other providers had tested at the time
  omakase: {
    title: 'omakase.jp: SMTP AUTH 対応ソフト一覧（2003年10月）',
    where: 'https://member.omakase.jp/spec/mail/smtpauth.html',
  },
  psn: { title: 'psn.ne.jp: メール送信の方法', where: 'https://www.psn.ne.jp/support/mail/mailsend.html' },
  onepostal: { title: 'onepostal.com: SMTP authentication', where: 'https://onepostal.com/smtpauth.html' },

  // manuals of providers
  xserverBecky: {
    title: 'エックスサーバー マニュアル: Becky! Internet Mail',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_becky.php @4debcb8)',
  },
  xserverOutlookExpress: {
    title: 'エックスサーバー マニュアル: Outlook Express',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_ole.php @4debcb8)',
  },
  xserverOutlook2019: {
    title: 'エックスサーバー マニュアル: Outlook 2019',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_ol2019.php @4debcb8)',
  },
  xserverNewOutlook: {
    title: 'エックスサーバー マニュアル: Outlook for Windows',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_olwin.php @4debcb8)',
  },
  xserverMac: {
    title: 'エックスサーバー マニュアル: Mac のメール',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_mac_osx.php @4debcb8)',
  },
  xserverIphone: {
    title: 'エックスサーバー マニュアル: iPhone',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_iphone.php @4debcb8)',
  },
  xserverIpad: {
    title: 'エックスサーバー マニュアル: iPad',
    where: 'https://github.com/xs-kshibata/code-for-gemini-review (man_mail_setting_ipad.php @4debcb8)',
  },
  biglobe: { title: 'BIGLOBE: SMTP 認証の設定', where: 'https://support.biglobe.ne.jp/settei/mailer/smtp.html' },
  domaindirect: { title: 'Domain Direct: SMTP AUTH clients', where: 'http://www.domaindirect.com/smtpauthclient.html' },
  primustel: {
    title: 'Primus: Eudora with SSL',
    where: 'http://www.primustel.ca/en/support/residential/internet/email/eudora-ssl.htm',
  },
  nsp: { title: 'nsp.svr.ne.jp: APOP の設定', where: 'http://www.nsp.svr.ne.jp/hp/merit/contents/apop/apop.html' },
  keioApop: { title: '慶應義塾 SFC CNS ガイド 2001', where: 'https://cns-guide.sfc.keio.ac.jp/2001/8/2/4.html' },
  tqci: { title: 'TQCI: Error 550', where: 'https://home.tqci.com/support/Windows/Mail/error550.html' },
  ypisp4u: { title: 'ypisp4u.com: POP mail service', where: 'http://www.ypisp4u.com/pop_mail_service.htm' },
  citizens: { title: 'citizens.coop: SMTP authentication', where: 'https://citizens.coop/smtp-authentication/' },
  softhome: { title: 'SoftHome: SMTP AUTH', where: 'https://softhome.net/help/faq/smtp-auth.html' },
  expedient: { title: 'Expedient: SMTP AUTH', where: 'http://help.expedient.net/mailnews/smtp_auth.shtml' },
  roadRunner: { title: 'Road Runner: SMTP AUTH', where: 'http://help.rr.com/HMSFaqs/e_SmtpAuth.aspx' },
  pleaseassist: {
    title: 'pleaseassist.com: SMTP for Entourage',
    where: 'http://www.pleaseassist.com/tutorials/smtp_tutorials/entourage_mac/smtp_entourage_mac.htm',
  },
  znet: { title: 'znet: Entourage SMTP AUTH', where: 'http://support.znet.com/faqs/entourage-smtp-auth.html' },
  frontierOutlookExpress: {
    title: 'FrontierNet: Outlook Express for Macintosh',
    where: 'http://support.frontiernet.net/smtp/macoe/index.html',
  },
  tokaiSendReceive: {
    title: 'ipc-tokai: 送信できないときは',
    where: 'https://perl.ipc-tokai.or.jp/support/mail/secure/smtp/authsmtp.html',
  },
  nnetSendReceive: { title: 'nnet: POP before SMTP', where: 'http://www.nnet.ne.jp/support/2ndmail_2.html' },

  thunderbirdServerTutorial: {
    title: 'freeemailtutorials.com: Thunderbird server settings',
    where: 'http://www.freeemailtutorials.com/mozillaThunderbird/emailServerSettings.php',
  },
  thunderbirdSmtpTutorial: {
    title: 'freeemailtutorials.com: Thunderbird outgoing servers',
    where: 'http://freeemailtutorials.com/mozillaThunderbird/outgoingServersSMTP.php',
  },

  // vendors and projects
  eudora43Manual: {
    title: 'Eudora 4.3 manual (QUALCOMM)',
    where: 'https://manualsdump.com/en/manuals/qualcomm-4.3/111198/199',
  },
  edcom: { title: 'EdMax ヘルプ（エディコム）', where: 'http://edcom.jp/edmax/html/afxc1jas.htm' },
  postpetNext: { title: 'PostPet の設定', where: 'http://atc.ne.jp/tec/PostPet/PostPet_Next.htm' },
  postpetV3Manual: {
    title: 'PostPet V3 マニュアル（So-net）',
    where: 'https://www.so-net.ne.jp/postpet/support/archive/manual/manual_ppv3.zip',
  },
  denshin8Help: {
    title: '電信八号 V32.1.7.3 ヘルプ',
    where: 'http://www.denshin8.jp/den8help/V32.1.7.3/html/preference/account/smtp_auth.htm',
  },
  maruoWizard: {
    title: '秀丸メール ヘルプ: アカウント作成',
    where: 'https://help.maruo.co.jp/turukame/html/00370_IDH_ACCOUNTWIZ.html',
  },
  maruoServer: {
    title: '秀丸メール ヘルプ: メールサーバー',
    where: 'https://help.maruo.co.jp/turukame/html/01750_IDH_ACCOUNT_SERVER.html',
  },
  maruoServerDetails: {
    title: '秀丸メール ヘルプ: メールサーバー・詳細',
    where: 'https://help.maruo.co.jp/turukame/html/01760_IDH_ACCOUNT_SERVER2.html',
  },
  maruoTrouble: {
    title: '秀丸メール ヘルプ: トラブル対策',
    where: 'https://help.maruo.co.jp/turukame/html/01790_IDH_ACCOUNT_SERVER3.html',
  },
  arenaHelp: {
    title: 'ARENA Internet Mailer: SMTP 認証',
    where: 'http://arena-internet-mailer.org/support/newfeature/new20/smtpauth',
  },
  appleSupport: { title: 'Apple サポート: メールの接続設定', where: 'https://support.apple.com/ja-jp/HT204208' },
  appleServerSettings: {
    title: 'Apple: Change Server Settings in Mail on Mac',
    where: 'https://support.apple.com/en-euro/guide/mail/cpmlprefacctadv/15.0/mac/12.0',
  },
  appleSmtpSettings: {
    title: 'Apple: Change Outgoing server settings in Mail on Mac',
    where: 'https://support.apple.com/en-gu/guide/mail/cpmlprefsmtpserver/13.0/mac/10.15',
  },
  startTlsPorts: { title: 'NANOG, April 2010: STARTTLS in Outlook', where: 'https://seclists.org/nanog/2010/Apr/1238' },
  authEquals: {
    title: 'Exim wiki: authenticated SMTP for broken clients',
    where: 'https://github.com/Exim/exim/wiki/AuthenticatedSmtpForBrokenClients',
  },
  itweek: {
    title: 'IT Week: Outlook flaw hinders secure remote access',
    where: 'http://www.itweek.co.uk/itweek/news/2085490/outlook-flaw-hinders-secure-remote-access',
  },
  alentus: {
    title: 'Alentus: SMTP AUTH under Outlook XP',
    where: 'https://support.alentus.com/kb/a168/why-is-smtp-auth-failing-under-outlook-xp.aspx',
  },
  mailcowOutlook: {
    title: 'mailcow: Outlook',
    where: 'github:mailcow/mailcow-dockerized-docs docs/client/client-outlook.en.md',
  },
  mailcowApple: {
    title: 'mailcow: Apple',
    where: 'github:mailcow/mailcow-dockerized-docs docs/client/client-apple.en.md',
  },
  mailcowEmClient: {
    title: 'mailcow: eM Client',
    where: 'github:mailcow/mailcow-dockerized-docs docs/client/client-emclient.en.md',
  },
  thunderbirdStrings: {
    title: 'Thunderbird 日本語訳',
    where: 'github:thunderbird/thunderbird-l10n ja/ @5d7cde6 (2026-08-22)',
  },
  thunderbirdAndroidStrings: {
    title: 'Thunderbird for Android: 画面の文言',
    where: 'github:thunderbird/thunderbird-android values/ + values-ja/ strings, SmtpTransport.kt (2026-08-20)',
  },
  aospEmail: {
    title: 'AOSP Email: 画面の文言',
    where: 'github:aosp-mirror/platform_packages_apps_email res/values[-ja]/strings.xml, SmtpSender.java',
  },
  sylpheedStrings: {
    title: 'Sylpheed 日本語訳',
    where: 'github:sylpheed-mail/sylpheed po/ja.po, src/prefs_account_dialog.c @c47d366a',
  },
  clawsStrings: {
    title: 'Claws Mail 日本語訳',
    where: 'github:eworm-de/claws-mail po/ja.po, src/prefs_account.c @dad7dea84',
  },
  evolutionStrings: { title: 'Evolution 日本語訳', where: 'Debian evolution-common 3.46.4 evolution.mo (ja)' },
  kmailStrings: {
    title: 'KMail 日本語訳',
    where: 'Debian libkf5mailtransport-data 22.12.3 libmailtransport5.mo (ja) / kmail.mo',
  },
  gearyStrings: { title: 'Geary 日本語訳', where: 'github:GNOME/geary po/ja.po' },
  neomuttConfig: { title: 'NeoMutt: config.c', where: 'github:neomutt/neomutt docs/config.c (2026-07-24)' },
  mewVars: { title: 'Mew: mew-vars.el', where: 'github:kazu-yamamoto/Mew elisp/mew-vars.el (2026-08-06)' },
  wanderlustVars: {
    title: 'Wanderlust: wl-vars.el',
    where: 'github:wanderlust/wanderlust wl/wl-vars.el, elmo/elmo-vars.el (2025-10-29)',
  },
  roundcubeDefaults: {
    title: 'Roundcube: defaults.inc.php',
    where: 'github:roundcube/roundcubemail config/defaults.inc.php (2026-08-16)',
  },
  fairemailStrings: {
    title: 'FairEmail 日本語訳（旧版）',
    where: 'github:M66B/FairEmail app/src/main/res/values-ja-rJP/strings.xml @002d472',
  },
  autoconfigSpec: {
    title: 'autoconfig の仕様案（実装の一覧）',
    where: 'github:benbucksch/autoconfig-spec draft-ietf-mailmaint-autoconfig.md',
  },
} as const satisfies Record<string, { title: string; where: string }>

export type SourceId = keyof typeof sources

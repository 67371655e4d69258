/** The provider's notice of 17 October 2002, all of it, as the demo's first announcement. */
import type { AnnouncementDocument, AnnouncementWords } from '#lib/announcements/document.ts'
import type { Prisma } from '#lib/db/prisma.ts'
import { type SiteEnv, siteEnv } from '#lib/env/site.ts'

type Hosts = SiteEnv['hosts']

const PUBLISHED_AT = new Date('2002-10-17T00:00:00+09:00')

export async function addNoticeOf2002(transaction: Prisma.TransactionClient): Promise<void> {
  const document = noticeOf2002(siteEnv())
  await transaction.announcement.create({
    data: {
      publishAt: PUBLISHED_AT,
      createdAt: PUBLISHED_AT,
      versions: { create: { number: 1, document, note: '2002-10-17', createdAt: PUBLISHED_AT } },
    },
  })
}

export function noticeOf2002({ hosts, domain }: Pick<SiteEnv, 'hosts' | 'domain'>): AnnouncementDocument {
  return {
    kind: 'migration',
    audience: 'all',
    domain: '',
    startsAt: new Date('2002-10-22T23:30:00+09:00').toISOString(),
    endsAt: new Date('2002-10-23T03:00:00+09:00').toISOString(),
    hosts: [
      { purpose: 'receiving', from: hosts.old, to: hosts.pop, method: 'any' },
      { purpose: 'sending', from: hosts.old, to: hosts.smtp, method: 'popBeforeSmtp' },
      { purpose: 'sending', from: hosts.old, to: hosts.smtpa, method: 'smtpAuth' },
    ],
    doneWhen: 'moved',
    links: ['guides', 'compatibility'],
    ja: japanese(hosts, domain),
    en: english(hosts, domain),
  }
}

function japanese(hosts: Hosts, domain: string): AnnouncementWords {
  return {
    title: 'インフォニアメールサーバーの一時停止とメールサーバー名変更のご案内',
    lead: `平素はインフォニアをご利用いただき、まことにありがとうございます。

2002年10月22日（火）23時30分から23日（水）3時まで、メールサーバーの移転工事を行います。処理能力の向上、バックボーンの増強、新しいメール転送・振り分けシステムの導入など、機能を向上させるためのものです。この作業のため、次の期間、メールサーバーを停止いたします。

これまでメールの送受信には同じサーバー（${hosts.old}）をご利用いただいておりましたが、この工事により、送信と受信のメールサーバーの名前が変わります。メールソフトの設定を変更していただく必要があります。設定の変更方法は、2002年10月23日以降、各メールソフトの設定ガイドでご案内いたします。

お客様には大変ご迷惑をおかけいたしますが、サービス向上のための工事にご理解とご協力をお願いいたします。`,
    reason: 'インフォニアメールサーバーの増強',
    affected: 'インフォニアのメール受信（SMTP AUTH 専用サーバーは動作しています）',
    unaffected: 'メール以外のサービス（インターネット接続、ウェブサーバーサービス、ニュースサービスなど）',
    remarks: [
      '停止中に相手の方から送信されたメールは、相手先の SMTP サーバーに蓄積され、新しい受信メールサーバーの復旧後に自動的に届きます。まれに、エラーメールとして相手の方に返されることがあります。',
      '送信・受信メールサーバーの名前とメールの送信方法が変わります。下の解説をご覧ください。',
      '2002年10月23日（水）3時から4時30分までの間は、一時的にサーバーに接続できなくなったり、新着メールを確認できなかったりする場合があります。',
      'POP サーバーを入れ替えるため、最初にアクセスした際に、すべてのメールが受信されることがあります。',
    ],
    body: `◆ 工事の概要

これまで一台で運用してきたメールサーバー（${hosts.old}）を複数の新しいサーバーに分け、負荷の分散と機能の向上を図ります。そのため、送信・受信のサーバーの名前が変わります。

新しい受信サーバーでは、従来の POP3 に加えて IMAP4 もご利用いただけます。また、弊社のメール専用サービス BeToMail で採用している「メールプロセッシングレシピ」に相当する機能もご利用いただけるようになります。

新しい送信メールサーバーは2つになります。メールを送信するときにも、受信のときと同じように、お客様のユーザー名とパスワードの認証が必要です。最近の SPAM（一方的に大量に送りつけられる広告など）や、ウイルス・ワームの付いたメールへの対策のためです。

◆ 2種類のメール送信方法

お使いのメールソフトによって、SMTP AUTH と POP before SMTP のどちらかをお選びください。一度設定すれば従来と同じように送信できる SMTP AUTH のほうが楽ですが、最近ようやく対応するメールソフトが増えてきた方式です。古いメールソフトをお使いの場合は、POP before SMTP で送信していただく必要があります。対応するメールソフトは、対応メールソフト一覧をご覧ください。

◆ 1. SMTP AUTH の解説

2002年10月17日現在、試験運用中ですが、ご利用いただけます。

SMTP AUTH では、メールを送信する際に、メールサーバーに登録されているユーザー名とパスワードを先に送ります。メールサーバーは、どちらも正しいときだけメールを受け付けます。次の手順で設定してください。

1. SMTP AUTH のユーザー名とパスワードを入手します（2002年10月23日までは試験運用ですが、その後もご利用いただけます）。
2. メールソフトに SMTP AUTH の設定をします。送信メールサーバーは ${hosts.smtpa} です。

一度設定すると、その後は従来と同じように送信できます。メールソフトによっては、ユーザー名の代わりにメールアドレス（xxxxx@${domain}）を指定します。

◆ 2. POP before SMTP の解説

2002年10月23日からご利用いただけます。

POP before SMTP は、メールを送信（SMTP）する前（before）に、メールを受信（POP）する方式です。受信した際に、受信メールサーバー（${hosts.pop}）がお客様の IP アドレスを送信メールサーバー（${hosts.smtp}）に伝えます。送信メールサーバーは、その IP アドレスからの送信を約10分間受け付けます。次のように設定してください。

・受信メールサーバーに ${hosts.pop} を設定します。
・送信メールサーバーに ${hosts.smtp} を設定します。

送信するときは、次の手順になります。

1. メールソフトでメールを受信します（新着メールがなくても構いません）。
2. メールソフトでメールを送信します（受信から10分以内に送信してください）。

容量の大きいメールを送信している途中で10分が過ぎても、そのメールが途中で切れてしまうことはありません。`,
  }
}

function english(hosts: Hosts, domain: string): AnnouncementWords {
  return {
    title: 'Interruption of the Infonia mail server, and new names of the mail servers',
    lead: `Thank you for using Infonia.

From 23:30 on Tuesday 22 October until 3:00 on Wednesday 23 October 2002 (Japan time) we move our mail servers. The work makes them faster, strengthens the backbone, and brings a new system for forwarding and sorting mail. For this the mail server is stopped in the period below.

Until now the same server (${hosts.old}) has served for sending and for receiving. With this work the names of both servers change, and the settings of your mail program have to be changed. From 23 October 2002 on the guides for each mail program explain how.

We are sorry for the inconvenience, and thank you for your understanding of a work that improves the service.`,
    reason: 'Reinforcement of the Infonia mail server',
    affected: 'Receiving mail at Infonia (the server for SMTP AUTH keeps working)',
    unaffected: 'Everything but mail: internet access, web server service, news service and others',
    remarks: [
      'Mail that is sent to you meanwhile waits on the sender’s SMTP server and arrives by itself once the new receiving server is back. In rare cases it may be returned to the sender as an error mail.',
      'The names of the sending and receiving servers and the way of sending change: see the explanations below.',
      'From 3:00 until 4:30 on Wednesday 23 October 2002 you may for a time be unable to connect, or not see new mail.',
      'Because the POP server is replaced, all your mail may be received again when you first connect.',
    ],
    body: `◆ What the work is about

The mail server that has done everything alone until now (${hosts.old}) is divided into several new ones, to share the load and to offer more. That is why the names of the sending and receiving servers change.

The new receiving server offers IMAP4 besides POP3. It also brings what corresponds to the "mail processing recipes" of BeToMail, our service for mail alone.

There are two new sending servers. Sending now needs your user name and password, as receiving does. This is against spam (advertisements sent in bulk and unasked) and mail that carries viruses and worms.

◆ The two ways of sending

Which one to choose, SMTP AUTH or POP before SMTP, depends on your mail program. SMTP AUTH is easier: once it is set, sending works as before. But it is only lately that more mail programs know it; older ones have to send by POP before SMTP. The table of mail programs shows which ones know SMTP AUTH.

◆ 1. SMTP AUTH

As of 17 October 2002 it is on trial, but you can use it.

With SMTP AUTH your mail program first sends a user name and a password that are registered with the mail server. The server accepts mail only when both are right. Set it up like this:

1. Get a user name and a password for SMTP AUTH (on trial until 23 October 2002; they stay valid afterwards).
2. Set SMTP AUTH in your mail program. The sending server is ${hosts.smtpa}.

Once it is set, you send as before. Some mail programs want your mail address (xxxxx@${domain}) in place of the user name.

◆ 2. POP before SMTP

Available from 23 October 2002.

POP before SMTP means: receive mail (POP) before you send it (SMTP). When you receive, the receiving server (${hosts.pop}) tells your IP address to the sending server (${hosts.smtp}), which then accepts mail from that address for about 10 minutes. Set it up like this:

・The receiving server is ${hosts.pop}.
・The sending server is ${hosts.smtp}.

To send:

1. Receive mail in your mail program (there need not be any new mail).
2. Send your mail (within 10 minutes of receiving).

A large message that is still being sent when the 10 minutes end is not cut off.`,
  }
}

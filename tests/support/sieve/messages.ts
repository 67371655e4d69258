/** Messages that the scripts of the case table run on. */

const crlf = (text: string) => Buffer.from(text.trimStart().replaceAll('\n', '\r\n'))

export const sieveMessages = {
  letter: crlf(`
Received: from mail.example.net by mx.example.jp; Tue, 24 Nov 2026 10:15:30 +0100
From: "Alice, of Wonderland" <Alice+news@Example.NET>
To: taro@example.jp, Hanako <hanako@example.org>
Cc: jiro@example.jp
Subject: [Project-X] Hello *World* 42
Date: Tue, 24 Nov 2026 09:15:27 -0800
Message-ID: <one@example.net>
X-Priority: 3
X-Tag: first
X-Tag: second
X-Tag: third
X-Number: 17

Dear Taro,
the report is attached. Price: 1200 yen.
Alice
`),
  japanese: crlf(`
From: =?UTF-8?B?5bGx55SwIOWkqumDjg==?= <yamada@example.jp>
To: taro@example.jp
Subject: =?UTF-8?B?5Lya6K2w44Gu44GK55+l44KJ44Gb?=
Date: Mon, 2 Mar 2026 23:59:58 +0900
Message-ID: <two@example.jp>
Sender: office@example.jp
Reply-To: reply@example.jp
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="cut"

preamble
--cut
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: base64

5Lya6K2w44Gv5piO5pel44Gn44GZ44CCCg==
--cut
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

<p>meeting =E4=BC=9A=E8=AD=B0 tomorrow</p>
--cut--
epilogue
`),
  list: crlf(`
From: announce@lists.example.com
To: users@lists.example.com
Subject: Weekly digest
Date: Wed, 31 Dec 1997 23:30:00 -0800
Message-ID: <three@lists.example.com>
List-Id: Users <users.lists.example.com>
Precedence: bulk
X-Empty:
X-Folded: one
 two
\tthree

digest
`),
  bare: crlf(`
From: nobody@example.com

x
`),
} as const

export type SieveMessageName = keyof typeof sieveMessages

export const sieveEnvelope = { from: 'alice+bounce@example.net', to: 'taro+lists@example.jp', auth: null }

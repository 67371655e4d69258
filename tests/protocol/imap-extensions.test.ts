/** What a client gets when it asks for more than IMAP4rev1: one test per extension. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { markTakenOver } from '#lib/engine/migration/migrated-folders.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, result, untagged } from '#tests/support/imap-talk.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'

const hello = 'From: a@b.example\r\nSubject: hello\r\n\r\nHello, world\r\n'
const asUtf8 = (text: string) => Buffer.from(text).toString('latin1')

const engine = await startEngine()
after(() => engine.stop())

describe('IMAP beyond IMAP4rev1', () => {
  let taro: TestMailbox
  let client: ImapClient
  let mailboxCount = 0

  beforeEach(async () => {
    client?.close()
    mailboxCount += 1
    taro = await engine.addMailbox(`taro${mailboxCount}`)
    client = await ImapClient.login(engine, taro.credential)
  })
  after(() => client.close())

  const append = async (count: number, folder = 'INBOX') => {
    for (let each = 0; each < count; each += 1) await client.append(folder, hello)
  }
  const numberIn = (answer: string, name: string) => Number(new RegExp(`${name} (\\d+)`).exec(answer)?.[1])

  it('IMAP4rev2: no \\Recent, LIST in SELECT, ESEARCH for every search, UTF-8 names', async () => {
    await append(2)
    await client.ok('CREATE "&ZeVnLIqe-"')
    assert.deepEqual(untagged(await client.ok('ENABLE IMAP4rev2 imap4rev2')), ['* ENABLED IMAP4rev2'])
    assert.deepEqual(untagged(await client.ok('ENABLE IMAP4rev2')), ['* ENABLED'])
    const opened = await client.ok('SELECT inbox')
    assert.match(opened, /\* LIST \(\) "\/" INBOX\r\n/)
    assert.doesNotMatch(opened, /RECENT|UNSEEN/)
    assert.match(await client.ok('FETCH 1 FLAGS'), /FLAGS \(\)/)
    assert.match(await client.ok('SEARCH ALL'), /^\* ESEARCH \(TAG "t\d+"\) ALL 1:2\r\n/)
    assert.match(await client.ok('UID SEARCH SEEN'), /^\* ESEARCH \(TAG "t\d+"\) UID\r\n/)
    const name = asUtf8('日本語')
    assert.match(Buffer.from(await client.ok('LIST "" "*"'), 'latin1').toString(), /"\/" "日本語"\r\n/)
    assert.match(await client.ok(`STATUS "${name}" (MESSAGES SIZE DELETED)`), /\(MESSAGES 0 SIZE 0 DELETED 0\)/)
    await client.ok('CREATE "a&b"')
    assert.match(await client.ok('LIST "" "a&b"'), /"\/" a&b\r\n/)
    const decomposed = asUtf8('か\u3099')
    assert.match(await client.ok(`CREATE "${decomposed}"`), new RegExp(`LIST .* \\("OLDNAME" \\("${decomposed}"\\)\\)`))
    assert.match(await client.ok('SELECT INBOX'), /^\* OK \[CLOSED\] /)
    assert.match(await client.ask('SELECT Nowhere'), /^\* OK \[CLOSED\] [^\r]*\r\ntag NO \[NONEXISTENT\]/)
    assert.equal(result(await client.ask('FETCH 1 FLAGS')), 'BAD')
  })

  it('UTF8=ACCEPT: UTF-8 names, UTF-8 messages, no CHARSET', async () => {
    assert.deepEqual(untagged(await client.ok('ENABLE UTF8=ACCEPT')), ['* ENABLED UTF8=ACCEPT'])
    await client.ok(`CREATE "${asUtf8('送信')}"`)
    assert.match(Buffer.from(await client.ok('LIST "" %'), 'latin1').toString(), /"送信"/)
    assert.equal(result(await client.ask('CREATE "\xff\xfe"')), 'NO [CANNOT]')
    const message = asUtf8('Subject: 件名\r\n\r\n本文\r\n')
    await client.ok('APPEND INBOX UTF8 (~', [message, ')'])
    await client.ok('SELECT INBOX')
    assert.ok((await client.ok('FETCH 1 BODY.PEEK[]')).includes(message))
    assert.match(await client.ok(`SEARCH SUBJECT "${asUtf8('件名')}"`), /\* SEARCH 1\r\n/)
    assert.equal(result(await client.ask('SEARCH CHARSET UTF-8 ALL')), 'BAD')
  })

  it('UTF8=ACCEPT is not offered to who came with names in modified UTF-7, and can be enabled all the same', async () => {
    assert.match(await client.ok('CAPABILITY'), / UTF8=ACCEPT/)
    const database = openDatabase(engine.databaseUrl, 1)
    const job = { mailboxId: taro.id, sourceId: crypto.randomUUID() }
    for (const [name, isOffered] of [
      ['Sent', true],
      ['日本語', false],
      ['Bits & pieces', false],
    ] as const) {
      await prisma().migratedFolder.deleteMany()
      await prisma().migratedFolder.create({ data: { ...job, name, sourceName: name, folderId: 1 } })
      await markTakenOver(database, job, [name])
      const session = await ImapClient.login(engine, taro.credential)
      assert.equal(/ UTF8=ACCEPT/.test(await session.ok('CAPABILITY')), isOffered)
      await session.ok('ENABLE UTF8=ACCEPT')
      session.close()
      await prisma().mailbox.update({ where: { id: taro.id }, data: { hasUtf7Folders: false } })
    }
    await database.close()
  })

  it('QRESYNC: what has vanished and what has changed, in one round trip', async () => {
    await append(6)
    assert.equal(result(await client.ask('SELECT INBOX (QRESYNC (1 1))')), 'BAD')
    assert.deepEqual(untagged(await client.ok('ENABLE QRESYNC CONDSTORE')), ['* ENABLED QRESYNC'])
    const opened = await client.ok('SELECT INBOX')
    const [validity, modseq] = [numberIn(opened, 'UIDVALIDITY'), numberIn(opened, 'HIGHESTMODSEQ')]
    await client.ok('STORE 2,4,6 +FLAGS.SILENT (\\Deleted)')
    const expunged = await client.ok('EXPUNGE')
    assert.deepEqual(untagged(expunged), ['* VANISHED 2,4,6'])
    assert.match(result(expunged), /^OK \[HIGHESTMODSEQ \d+\]$/)
    assert.match(
      await client.ok('FETCH 3 BODY[]'),
      /^\* 3 FETCH \(UID 5 BODY\[\] .* FLAGS \(\\Seen \\Recent\) MODSEQ \(\d+\)\)/s,
    )
    const again = await client.ok(`SELECT INBOX (QRESYNC (${validity} ${modseq}))`)
    assert.match(
      again,
      /\* VANISHED \(EARLIER\) 2,4,6\r\n\* 3 FETCH \(UID 5 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)\r\ntag OK/,
    )
    const partly = await client.ok(`SELECT INBOX (QRESYNC (${validity} ${modseq} 1:4 (1,2 1,2)))`)
    assert.match(partly, /\* VANISHED \(EARLIER\) 2,4\r\ntag OK/)
    assert.doesNotMatch(await client.ok(`SELECT INBOX (QRESYNC (${validity + 1} ${modseq}))`), /VANISHED|FETCH/)
    const vanished = await client.ok(`UID FETCH 3:* (FLAGS) (CHANGEDSINCE ${modseq} VANISHED)`)
    assert.match(
      vanished,
      /^\* VANISHED \(EARLIER\) 4,6\r\n\* 3 FETCH \(UID 5 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)\r\ntag OK/,
    )
    for (const command of [
      `FETCH 1 (FLAGS) (CHANGEDSINCE ${modseq} VANISHED)`,
      'UID FETCH 1 (FLAGS) (VANISHED)',
      `SELECT INBOX (QRESYNC (${validity} ${modseq} 1:*))`,
      `SELECT INBOX (QRESYNC (${validity}))`,
    ]) {
      assert.equal(result(await client.ask(command)), 'BAD', command)
    }
  })

  it('QRESYNC: another session hears VANISHED, and MOVE says where the message went first', async () => {
    await append(3)
    const other = await ImapClient.login(engine, taro.credential)
    await other.ok('ENABLE QRESYNC')
    await other.ok('SELECT INBOX')
    await client.ok('SELECT INBOX')
    await client.ok('STORE 1 +FLAGS (\\Deleted)')
    await client.ok('EXPUNGE')
    assert.deepEqual(untagged(await other.ok('NOOP')), ['* VANISHED 1'])
    assert.match(await other.ok('MOVE 1 Trash'), /^\* OK \[COPYUID \d+ 2 1\] [^\r]*\r\n\* VANISHED 2\r\n/)
    other.close()
  })

  it('SEARCHRES: $ stands for what was saved', async () => {
    await append(5)
    await client.ok('SELECT INBOX')
    assert.deepEqual(untagged(await client.ok('SEARCH RETURN (SAVE) 2:4')), [])
    assert.deepEqual(untagged(await client.ok('FETCH $ UID')), [
      '* 2 FETCH (UID 2)',
      '* 3 FETCH (UID 3)',
      '* 4 FETCH (UID 4)',
    ])
    assert.match(await client.ok('SEARCH RETURN (COUNT) $ NOT 3'), /COUNT 2\r\n/)
    assert.match(await client.ok('UID SEARCH UID $'), /\* SEARCH 2 3 4\r\n/)
    await client.ok('SEARCH RETURN (SAVE MIN MAX) 2:4')
    assert.match(await client.ok('UID SEARCH UID $'), /\* SEARCH 2 4\r\n/)
    await client.ok('UID STORE $ +FLAGS.SILENT (\\Deleted)')
    await client.ok('EXPUNGE')
    assert.match(await client.ok('UID SEARCH UID $'), /\* SEARCH\r\n/)
    await client.ok('SEARCH RETURN (SAVE) ALL')
    assert.match(result(await client.ask('SEARCH RETURN (SAVE) CHARSET X-NONE ALL')), /^NO \[BADCHARSET/)
    assert.deepEqual(untagged(await client.ok('COPY $ Trash')), [])
    await client.ok('SEARCH RETURN (SAVE) ALL')
    await client.ok('SELECT Trash')
    assert.match(await client.ok('UID SEARCH UID $'), /\* SEARCH\r\n/)
  })

  it('OBJECTID: names that outlive moves and renames', async () => {
    const id = /MAILBOXID \((\S+)\)/.exec(await client.ok('CREATE one'))?.[1] ?? ''
    await append(1, 'one')
    await client.ok('RENAME one two')
    assert.match(await client.ok('SELECT two'), new RegExp(`\\[MAILBOXID \\(${id}\\)\\]`))
    assert.match(await client.ok('STATUS two (MAILBOXID)'), new RegExp(`MAILBOXID \\(${id}\\)\\)`))
    const emailId = /EMAILID \((\w+)\)/.exec(await client.ok('FETCH 1 (EMAILID THREADID)'))?.[1]
    await client.ok('MOVE 1 Trash')
    await client.ok('SELECT Trash')
    assert.match(await client.ok('FETCH 1 (EMAILID THREADID)'), new RegExp(`EMAILID \\(${emailId}\\) THREADID NIL`))
    assert.match(await client.ok(`SEARCH EMAILID ${emailId}`), /\* SEARCH 1\r\n/)
    assert.match(await client.ok('SEARCH OR EMAILID nobody THREADID nothing'), /\* SEARCH\r\n/)
  })

  it('BINARY: parts as they were before their transfer encoding, NUL bytes too', async () => {
    const parts = [
      'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc',
      `Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('\0\x01\x02').toString('base64')}`,
      'Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin',
    ]
    const message = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${parts.join('\r\n--b\r\n')}\r\n--b--\r\n`
    await client.append('INBOX', message)
    await client.ok('SELECT INBOX')
    assert.match(
      await client.ok('FETCH 1 (BINARY.PEEK[1] BINARY.SIZE[1])'),
      /BINARY\[1\] \{4\}\r\na=bc BINARY.SIZE\[1\] 4\)/,
    )
    assert.match(await client.ok('FETCH 1 BINARY.PEEK[2]'), /BINARY\[2\] ~\{3\}\r\n\0\x01\x02\)/)
    assert.match(await client.ok('FETCH 1 BINARY.PEEK[2]<1.1>'), /BINARY\[2\]<1> \{1\}\r\n\x01\)/)
    assert.match(await client.ok('FETCH 1 (BINARY.PEEK[7] BINARY.SIZE[7])'), /BINARY\[7\] NIL BINARY.SIZE\[7\] 0\)/)
    assert.equal(result(await client.ask('FETCH 1 (BODY.PEEK[] BINARY.PEEK[3])')), 'NO [UNKNOWN-CTE]')
    assert.ok((await client.ok('FETCH 1 BINARY.PEEK[]')).includes(message))
    assert.doesNotMatch(await client.ok('FETCH 1 FLAGS'), /Seen/)
    assert.match(await client.ok('FETCH 1 BINARY[1]'), /FLAGS \(\\Seen/)
    for (const item of ['BINARY', 'BINARY[TEXT]', 'BINARY[1.]', 'BINARY.SIZE[1]<0.1>', 'BINARY[1]<1.0>']) {
      assert.equal(result(await client.ask(`FETCH 1 ${item}`)), 'BAD', item)
    }
    const binary = 'Content-Transfer-Encoding: binary\r\n\r\n\0\n\xff'
    await client.ok('APPEND INBOX ~', [binary, ''])
    assert.match(await client.ok('FETCH 2 BINARY.PEEK[1]'), /BINARY\[1\] ~\{3\}\r\n\0\n\xff\)/)
    assert.equal(result(await client.ask('APPEND INBOX ', [binary, ''])), 'NO')
  })

  it('MULTIAPPEND: all messages or none', async () => {
    const kept = await client.ok(
      'APPEND INBOX (\\Seen) ',
      [hello, ' (\\Flagged) "17-Jul-1996 02:44:25 -0700" '],
      [hello, ' '],
      [hello, ''],
    )
    assert.match(kept, /\[APPENDUID \d+ 1:3\]/)
    await client.ok('SELECT INBOX')
    assert.match(
      await client.ok('FETCH 1:3 FLAGS'),
      /1 FETCH \(FLAGS \(\\Seen .*2 FETCH \(FLAGS \(\\Flagged .*3 FETCH \(FLAGS \(\\Recent/s,
    )
    assert.equal(result(await client.ask('APPEND INBOX ', [hello, ' '], ['a\0', ''])), 'NO')
    assert.equal(result(await client.ask('APPEND INBOX ', [hello, ' '], ['', ''])), 'NO')
    assert.equal(result(await client.ask('APPEND INBOX ', [hello, ' (\\Nope) '], [hello, ''])), 'BAD')
    await prisma().mailbox.update({ where: { id: taro.id }, data: { quotaBytes: 10 } })
    client.wire.send(`q APPEND INBOX {4+}\r\na: b {4+}\r\na: b\r\n`)
    assert.match(await client.wire.until(/^q .*\r\n/m), /NO \[OVERQUOTA\]/)
    assert.match(await client.ok('STATUS INBOX (MESSAGES)'), /MESSAGES 3\)/)
  })

  it('MULTIAPPEND: up to a thousand messages, announced or not, and a clear NO beyond', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `{${hello.length}+}\r\n${hello}${index < count - 1 ? ' ' : ''}`)
    const kept = await client.ok(`APPEND INBOX ${many(1_000).join('')}`)
    assert.match(kept, /\[APPENDUID \d+ 1:1000\]/)
    client.wire.send(`many APPEND INBOX ${many(1_001).join('')}\r\n`)
    assert.match(await client.wire.until(/^many .*\r\n/m), /^many NO \[LIMIT\]/)
    assert.match(await client.ok('STATUS INBOX (MESSAGES)'), /MESSAGES 1000\)/)
  })

  it('QUOTA: how much there is and may be', async () => {
    await prisma().mailbox.update({ where: { id: taro.id }, data: { quotaBytes: 10_240, usedBytes: 1_500 } })
    assert.deepEqual(untagged(await client.ok('GETQUOTAROOT inbox')), [
      '* QUOTAROOT INBOX ""',
      '* QUOTA "" (STORAGE 2 10)',
    ])
    assert.deepEqual(untagged(await client.ok('GETQUOTA ""')), ['* QUOTA "" (STORAGE 2 10)'])
    assert.equal(result(await client.ask('GETQUOTA other')), 'NO [NONEXISTENT]')
    await client.append('INBOX', hello, '\\Deleted')
    assert.match(await client.ok('STATUS INBOX (DELETED-STORAGE)'), new RegExp(`DELETED-STORAGE ${hello.length}\\)`))
  })

  it('SORT: by every key, both ways, with RETURN', async () => {
    const letters = [
      ['Bob <bob@x.example>', 'zoe@x.example', 'Re: apple', '24 Nov 2026 10:00:00 +0900', 30],
      ['alice@x.example', 'Yuki <yuki@x.example>', '_banana', '24 Nov 2026 02:00:00 +0000', 10],
      ['=?UTF-8?B?44GC?= <carol@x.example>', 'xavi@x.example', 'Apple', '23 Nov 2026 23:00:00 -0500', 20],
    ] as const
    for (const [from, to, subject, date, size] of letters) {
      const header = `From: ${from}\r\nTo: ${to}\r\nCc: ${to}\r\nSubject: ${subject}\r\nDate: ${date}\r\n\r\n`
      await client.append('INBOX', header + 'x'.repeat(200 + 10 * size - header.length))
    }
    await client.ok('SELECT INBOX')
    const sorted = async (keys: string, criteria = 'ALL') =>
      untagged(await client.ok(`SORT (${keys}) UTF-8 ${criteria}`))[0]?.slice(7)
    const orders: Record<string, string> = {
      ARRIVAL: '1 2 3',
      'REVERSE ARRIVAL': '3 2 1',
      DATE: '1 2 3',
      SIZE: '2 3 1',
      FROM: '2 1 3',
      DISPLAYFROM: '2 1 3',
      TO: '3 2 1',
      DISPLAYTO: '3 2 1',
      CC: '3 2 1',
      SUBJECT: '1 3 2',
      'SUBJECT REVERSE SIZE': '1 3 2',
      'REVERSE SUBJECT SIZE': '2 3 1',
    }
    for (const [keys, order] of Object.entries(orders)) assert.equal(await sorted(keys), order, keys)
    assert.equal(await sorted('SIZE', 'NOT SUBJECT banana'), '3 1')
    assert.deepEqual(untagged(await client.ok('UID SORT (REVERSE ARRIVAL) UTF-8 UID 9')), ['* SORT'])
    assert.match(
      await client.ok('SORT RETURN (ALL MIN MAX COUNT SAVE) (SIZE) UTF-8 ALL'),
      /^\* ESEARCH \(TAG "t\d+"\) MIN 2 MAX 1 ALL 2:3,1 COUNT 3\r\n/,
    )
    assert.match(await client.ok('SEARCH $'), /SEARCH 1 2 3\r\n/)
    assert.match(result(await client.ask('SORT (SIZE) X-NONE ALL')), /^NO \[BADCHARSET/)
    for (const bad of ['()', '(REVERSE)', '(REVERSE REVERSE SIZE)', '(NOPE)', 'SIZE']) {
      assert.equal(result(await client.ask(`SORT ${bad} UTF-8 ALL`)), 'BAD', bad)
    }
  })

  it('THREAD: by references and by subject', async () => {
    const letter = (id: string, references: string, subject: string, day: number) =>
      `Message-ID: <${id}@x>\r\n${references === '' ? '' : `References:${references}\r\n`}Subject: ${subject}\r\nDate: ${day} Nov 2026 00:00:00 +0000\r\n\r\nx\r\n`
    await client.append('INBOX', letter('a', '', 'one', 1))
    await client.append('INBOX', `X-Long: ${'x '.repeat(4_000)}\r\n${letter('b', ' <a@x>', 'other words', 2)}`)
    await client.append('INBOX', letter('c', ' <a@x>\r\n <b@x>', 'more', 4))
    await client.append('INBOX', `In-Reply-To: <b@x>\r\n${letter('d', '', 'again', 3)}`)
    await client.append('INBOX', letter('e', '', 'Re: one', 5))
    await client.ok('SELECT INBOX')
    assert.deepEqual(untagged(await client.ok('THREAD REFERENCES UTF-8 ALL')), ['* THREAD (1 (2 (4)(3))(5))'])
    await prisma().message.updateMany({ where: { uid: 3 }, data: { referenceIds: 'e@x' } })
    assert.deepEqual(untagged(await client.ok('THREAD REFERENCES UTF-8 ALL')), ['* THREAD (1 (2 4)(5 3))'])
    await client.ok('STORE 1:* +FLAGS.SILENT (\\Flagged)')
    assert.deepEqual(untagged(await client.ok('UID THREAD ORDEREDSUBJECT UTF-8 NOT UID 2')), ['* THREAD (1 5)(4)(3)'])
    assert.deepEqual(untagged(await client.ok('THREAD REFERENCES UTF-8 SEEN')), ['* THREAD'])
    assert.match(result(await client.ask('THREAD REFERENCES X-NONE ALL')), /^NO \[BADCHARSET/)
    assert.equal(result(await client.ask('THREAD REFS UTF-8 ALL')), 'BAD')
  })

  it('COMPRESS: everything afterwards is DEFLATE, bombs end the session', async () => {
    assert.match(await client.ok('CAPABILITY'), / COMPRESS=DEFLATE /)
    assert.equal(result(await client.ask('COMPRESS LZMA')), 'NO [CANNOT]')
    await client.ok('COMPRESS DEFLATE')
    client.wire.startCompression()
    assert.doesNotMatch(await client.ok('CAPABILITY'), /COMPRESS/)
    assert.equal(result(await client.ask('COMPRESS DEFLATE')), 'NO [COMPRESSIONACTIVE]')
    const large = `Subject: large\r\n\r\n${Array.from({ length: 60_000 }, (_, line) => `line ${line}\r\n`).join('')}`
    await client.append('INBOX', large)
    await client.ok('SELECT INBOX')
    assert.ok((await client.ok('FETCH 1 BODY[]')).includes(large))
    await client.logout()

    const bomber = await ImapClient.login(engine, taro.credential)
    await bomber.ok('COMPRESS DEFLATE')
    bomber.wire.sendRaw(deflateRawSync(Buffer.alloc(200_000_000)))
    await bomber.wire.rest()
    const babbler = await ImapClient.login(engine, taro.credential)
    await babbler.ok('COMPRESS DEFLATE')
    babbler.wire.sendRaw(Buffer.from('a NOOP\r\n'))
    await babbler.wire.rest()
    const early = await ImapClient.login(engine, taro.credential)
    early.wire.send('a COMPRESS DEFLATE\r\nb NOOP\r\n')
    assert.doesNotMatch(await early.wire.rest(), /b OK/)
  })

  it('PREVIEW: the first words, whatever the message is made of', async () => {
    const jis = '\x1b$B?7$7$$%a!<%k%5!<%P!<\x1b(B'
    await client.append(
      'INBOX',
      `Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n> quoted\r\n${jis}\r\n  next   line\r\n`,
    )
    await client.append('INBOX', 'Content-Type: text/html\r\n\r\n<style>p{}</style><p>a &amp; b&#x21;</p><script>x()')
    await client.append('INBOX', 'Content-Type: image/png\r\n\r\nx')
    await client.append('INBOX', `\r\n${'word '.repeat(1_000)}`)
    await client.ok('SELECT INBOX')
    const expected = Buffer.from('新しいメールサーバー next line')
    assert.ok(
      Buffer.from(await client.ok('FETCH 1 PREVIEW'), 'latin1')
        .toString()
        .includes(`PREVIEW {${expected.length}}\r\n${expected})`),
    )
    assert.match(await client.ok('FETCH 2 (PREVIEW (LAZY) UID)'), /PREVIEW "a & b!" UID 2\)/)
    assert.match(await client.ok('FETCH 3 PREVIEW (LAZY)'), /PREVIEW ""\)/)
    assert.equal(/PREVIEW "([^"]*)"/.exec(await client.ok('FETCH 4 PREVIEW'))?.[1]?.length, 200)
    assert.match(await client.ok('FETCH 1:* PREVIEW (CHANGEDSINCE 1)'), /\* 4 FETCH/)
    assert.doesNotMatch(await client.ok('FETCH 1:* FLAGS'), /Seen/)
    await client.ok('ENABLE IMAP4rev2')
    assert.match(Buffer.from(await client.ok('FETCH 1 PREVIEW'), 'latin1').toString(), /PREVIEW "新しい/)
  })
})

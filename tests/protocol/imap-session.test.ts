import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { ImapClient, result, untagged } from '#tests/support/imap-talk.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const hello = 'From: a@b.example\r\nSubject: hello\r\n\r\nHello, world\r\n'

const engine = await startEngine({
  policy: (document) => {
    document.listeners.imap.requireTls = true
  },
})
after(() => engine.stop())

describe('an IMAP session', () => {
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

  const selected = async (name = 'INBOX') => {
    await client.ok(`SELECT ${name}`)
    return client
  }

  it('greets with its capabilities, offers STARTTLS and disables LOGIN until then', async () => {
    const wire = await WireClient.connect({ port: engine.ports.imap })
    const greeting = await wire.until(/^\* OK \[CAPABILITY [^\]]*\][^\r\n]*\r\n/)
    assert.match(greeting, / IMAP4rev1 .* STARTTLS .*LOGINDISABLED/)
    assert.doesNotMatch(greeting, /AUTH=/)
    const plain = new ImapClient(wire)
    const { username, password } = taro.credential
    assert.equal(result(await plain.ask(`LOGIN ${username} ${password}`)), 'NO [PRIVACYREQUIRED]')
    assert.equal(result(await plain.ask('STARTTLS')), 'OK')
    await wire.startTls(engine.authorityFile)
    const answer = await plain.ok('CAPABILITY')
    assert.match(answer, /AUTH=PLAIN AUTH=LOGIN AUTH=SCRAM-SHA-256/)
    assert.doesNotMatch(answer, /STARTTLS|LOGINDISABLED/)
    assert.equal(result(await plain.ask('STARTTLS')), 'BAD')
    await plain.ok(`LOGIN ${username} ${password}`)
    await plain.logout()
  })

  it('does not read a password that came in clear, not even as a literal', async () => {
    const plain = await ImapClient.connectPlainly(engine)
    plain.wire.send('a LOGIN {4}\r\n')
    assert.match(await plain.wire.until(/\r\n/), /^a NO \[PRIVACYREQUIRED\]/)
    plain.close()
  })

  it('logs in by AUTHENTICATE with and without an initial response, and records it', async () => {
    const { username, password } = taro.credential
    const initial = Buffer.from(`\0${username}\0${password}`).toString('base64')
    const one = await ImapClient.connect(engine)
    assert.match(await one.ok(`AUTHENTICATE PLAIN ${initial}`), /CAPABILITY IMAP4rev1 .*IDLE/)
    await one.logout()
    const other = await ImapClient.connect(engine)
    other.wire.send('a AUTHENTICATE login \r\n')
    assert.equal(await other.wire.until(/\r\n/), `+ ${Buffer.from('Username:').toString('base64')}\r\n`)
    other.wire.send(`${Buffer.from(username).toString('base64')}\r\n`)
    await other.wire.until(/^\+ .*\r\n/)
    other.wire.send(`${Buffer.from(password).toString('base64')}\r\n`)
    assert.match(await other.wire.until(/^a .*\r\n/), /^a OK/)
    other.close()
    const event = await eventWhere({ mailboxId: taro.id, kind: 'login', mechanism: 'PLAIN' })
    assert.doesNotMatch(event.transcript.join('\n'), new RegExp(`${initial}|${password}`))
    assert.match(event.transcript.join('\n'), /AUTHENTICATE PLAIN \(not shown\)/)
  })

  it('refuses wrong passwords, broken exchanges and unknown mechanisms, and ends after five', async () => {
    const other = await ImapClient.connect(engine)
    assert.equal(result(await other.ask(`LOGIN ${taro.login} wrong`)), 'NO [AUTHENTICATIONFAILED]')
    assert.equal(result(await other.ask('LOGIN nobody wrong')), 'NO [AUTHENTICATIONFAILED]')
    assert.equal(result(await other.ask('AUTHENTICATE PLAIN !!!')), 'BAD')
    assert.equal(result(await other.ask('AUTHENTICATE X-NONE')), 'NO [CANNOT]')
    other.wire.send('x AUTHENTICATE PLAIN\r\n')
    await other.wire.until(/^\+ \r\n/)
    other.wire.send('*\r\n')
    assert.match(await other.wire.until(/^x .*\r\n/), /^x BAD/)
    assert.match(await other.ask('LOGIN nobody wrong'), /^\* BYE/)
    await other.wire.rest()
  })

  it('takes quoted, literal and 8-bit login arguments', async () => {
    const { username, password } = taro.credential
    const other = await ImapClient.connect(engine)
    assert.equal(result(await other.ask(`LOGIN "${username}" "p\xe4ss"`)), 'NO [AUTHENTICATIONFAILED]')
    assert.match(await other.ask('LOGIN ', [username, ' '], [password, '']), /^tag OK \[CAPABILITY /)
    other.close()
  })

  it('knows its states', async () => {
    const other = await ImapClient.connect(engine)
    for (const command of ['SELECT INBOX', 'LIST "" *', 'FETCH 1 FLAGS', 'NONSENSE', 'APPEND INBOX (\\Seen']) {
      assert.equal(result(await other.ask(command)), 'BAD', command)
    }
    other.close()
    assert.equal(result(await client.ask('FETCH 1 FLAGS')), 'BAD')
    assert.equal(result(await client.ask('LOGIN a b')), 'BAD')
    assert.equal(result(await client.ask('CLOSE')), 'BAD')
  })

  it('opens a folder: SELECT, EXAMINE, CLOSE, UNSELECT', async () => {
    await client.append('INBOX', hello, '\\Seen')
    await client.append('INBOX', hello)
    const answer = await client.ask('SELECT inbox')
    const lines = untagged(answer)
    assert.match(lines[0] ?? '', /^\* FLAGS \(\\Answered \\Flagged \\Deleted \\Seen \\Draft/)
    assert.deepEqual(lines.slice(1, 4), ['* 2 EXISTS', '* 2 RECENT', '* OK [UNSEEN 2] First unread message'])
    assert.match(answer, /\[PERMANENTFLAGS \(.* \\\*\)\]/)
    assert.match(await client.ok('STORE 1 +FLAGS ($Label1 work)'), /^\* FLAGS \(.* \$Label1 work\)\r\n/)
    assert.match(await client.ok('SELECT INBOX'), /\* FLAGS \(.* \$Label1 work\)\r\n/)
    assert.doesNotMatch(await client.ok('FETCH 1 FLAGS'), /\* FLAGS/)
    assert.match(answer, /\[UIDNEXT 3\].*\[HIGHESTMODSEQ \d+\]/s)
    assert.equal(result(answer), 'OK [READ-WRITE]')
    const again = await client.ask('EXAMINE INBOX')
    assert.match(again, /\* 0 RECENT/)
    assert.equal(result(again), 'OK [READ-ONLY]')
    for (const command of ['STORE 1 +FLAGS (\\Deleted)', 'EXPUNGE', 'MOVE 1 Trash']) {
      assert.equal(result(await client.ask(command)), 'NO [CANNOT]', command)
    }
    await client.ok('SELECT INBOX')
    await client.ok('STORE 1 +FLAGS (\\Deleted)')
    await client.ok('UNSELECT')
    await client.ok('SELECT INBOX')
    assert.deepEqual(untagged(await client.ok('CLOSE')), [])
    assert.match(await client.ok('STATUS INBOX (MESSAGES UIDNEXT)'), /\* STATUS INBOX \(MESSAGES 1 UIDNEXT 3\)/)
    assert.equal(result(await client.ask('SELECT Nowhere')), 'NO [NONEXISTENT]')
  })

  it('makes, renames, subscribes and removes folders', async () => {
    await client.ok('CREATE Work/2026/Q1')
    assert.match(await client.ok('LIST "" Work*'), /Work\r\n.*Work\/2026\r\n.*Work\/2026\/Q1\r\n/s)
    assert.equal(result(await client.ask('CREATE Work')), 'NO [ALREADYEXISTS]')
    assert.equal(result(await client.ask('CREATE "a//b"')), 'NO [CANNOT]')
    assert.equal(result(await client.ask('CREATE "../x"')), 'NO [CANNOT]')
    assert.equal(result(await client.ask('DELETE Work')), 'NO [HASCHILDREN]')
    assert.equal(result(await client.ask('DELETE INBOX')), 'NO [CANNOT]')
    assert.equal(result(await client.ask('DELETE Nowhere')), 'NO [NONEXISTENT]')
    await client.ok('RENAME Work Archive/Work')
    assert.deepEqual(untagged(await client.ok('LIST "" Archive/%')), ['* LIST (\\HasChildren) "/" Archive/Work'])
    assert.equal(result(await client.ask('RENAME Archive Archive/Work/x')), 'NO [CANNOT]')
    assert.doesNotMatch(await client.ok('LSUB "" *'), /Archive/)
    await client.ok('SUBSCRIBE Archive/Work')
    assert.doesNotMatch(await client.ok('LSUB "" *'), /LSUB \(\) "\/" Archive\r\n/)
    assert.match(await client.ok('LSUB "" %'), /LSUB \(\\Noselect\) "\/" Archive\r\n/)
    await client.ok('DELETE Archive/Work/2026/Q1')
    await client.ok('UNSUBSCRIBE Archive/Work/2026/Q1')
    assert.equal(result(await client.ask('SUBSCRIBE Archive/Work/2026/Q1')), 'NO [NONEXISTENT]')
    const before = /UIDVALIDITY (\d+)/.exec(await client.ok('SELECT Trash'))?.[1]
    await client.ok('DELETE Trash')
    await client.ok('CREATE Trash (USE (\\Trash))')
    const after = /UIDVALIDITY (\d+)/.exec(await client.ok('SELECT Trash'))?.[1]
    assert.ok(Number(after) > Number(before))
    assert.match(await client.ok('LIST "" Trash'), /\\Trash/)
  })

  it('speaks modified UTF-7, and reads UTF-8 too', async () => {
    await client.ok('CREATE "&ZeVnLIqe-"')
    assert.deepEqual(untagged(await client.ok('LIST "" "&Ze*"')), [])
    assert.deepEqual(untagged(await client.ok('LIST "" "&ZeVnLIqe-"')), ['* LIST (\\HasNoChildren) "/" &ZeVnLIqe-'])
    const utf8 = Buffer.from('日本語').toString('latin1')
    assert.match(await client.ok(`STATUS "${utf8}" (MESSAGES)`), /STATUS &ZeVnLIqe- \(MESSAGES 0\)/)
    for (const name of ['&', '&AGE-', '&ZeVnLIqe', '&!-', '&2AA-']) {
      assert.equal(result(await client.ask(`CREATE "${name}"`)), 'NO [CANNOT]', name)
      assert.equal(result(await client.ask(`SELECT "${name}"`)), 'NO [NONEXISTENT]', name)
      assert.deepEqual(untagged(await client.ok(`LIST "${name}" %`)), [], name)
    }
    const { name } = await prisma().folder.findFirstOrThrow({ where: { mailboxId: taro.id, name: '日本語' } })
    assert.equal(name, '日本語')
  })

  it('lists with selection and return options', async () => {
    const children = await client.ok('LIST (SPECIAL-USE) "" * RETURN (CHILDREN)')
    assert.equal(untagged(children).length, 4)
    const subscribed = await client.ok(
      'LIST (SUBSCRIBED RECURSIVEMATCH) "" (INBOX Trash) RETURN (STATUS (MESSAGES UNSEEN))',
    )
    assert.deepEqual(untagged(subscribed), [
      '* LIST (\\HasNoChildren \\Subscribed) "/" INBOX',
      '* STATUS INBOX (MESSAGES 0 UNSEEN 0)',
      '* LIST (\\HasNoChildren \\Trash \\Subscribed) "/" Trash',
      '* STATUS Trash (MESSAGES 0 UNSEEN 0)',
    ])
    assert.deepEqual(untagged(await client.ok('LIST "" ""')), ['* LIST (\\Noselect) "/" ""'])
    assert.equal(result(await client.ask('LIST (RECURSIVEMATCH) "" *')), 'BAD')
    assert.deepEqual(untagged(await client.ok('NAMESPACE')), ['* NAMESPACE (("" "/")) NIL NIL'])
  })

  it('keeps what APPEND gives: flags, date, bytes', async () => {
    const raw = 'Subject: \x1b$B4A;z\x1b(B\r\n\r\n\xff\x80bytes\r\n'
    const answer = await client.ok('APPEND INBOX (\\Flagged $Work) "17-Jul-1996 02:44:25 -0700" ', [raw, ''])
    assert.match(answer, /\[APPENDUID \d+ 1\]/)
    await selected()
    assert.match(
      await client.ok('FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])'),
      new RegExp(
        `FLAGS \\(\\\\Flagged \\$Work \\\\Recent\\) INTERNALDATE "17-Jul-1996 18:44:25 \\+0900" RFC822.SIZE ${raw.length} BODY\\[\\] \\{${raw.length}\\}`,
      ),
    )
    const body = await client.ok('FETCH 1 BODY.PEEK[]')
    assert.ok(body.includes(`{${raw.length}}\r\n${raw})`))
    await client.ok('APPEND INBOX ', ['a: b\n\nbare\n', ''])
    assert.match(await client.ok('FETCH 2 BODY.PEEK[]'), /\{14\}\r\na: b\r\n\r\nbare\r\n\)/)
    assert.equal(result(await client.ask('APPEND Nowhere {3}')), 'NO [TRYCREATE]')
    assert.equal(result(await client.ask('APPEND INBOX {99999999}')), 'NO [TOOBIG]')
    assert.equal(result(await client.ask('APPEND INBOX ', ['a\0b', ''])), 'NO')
    assert.equal(result(await client.ask('APPEND INBOX "1-Foo-2026 00:00:00 +0000" ', ['a', ''])), 'BAD')
  })

  it('says NO [OVERQUOTA] before a message is sent', async () => {
    await prisma().mailbox.update({ where: { id: taro.id }, data: { quotaBytes: 10 } })
    await client.append('INBOX', hello)
    assert.equal(result(await client.ask('APPEND INBOX {3}')), 'NO [OVERQUOTA]')
    await selected()
    assert.equal(result(await client.ask('COPY 1 Trash')), 'NO [OVERQUOTA]')
    await client.ok('MOVE 1 Trash')
  })

  it('makes no more copies at once than there is room for', async () => {
    for (let times = 0; times < 4; times += 1) await client.append('INBOX', hello)
    const { usedBytes } = await prisma().mailbox.findUniqueOrThrow({ where: { id: taro.id } })
    await prisma().mailbox.update({ where: { id: taro.id }, data: { quotaBytes: usedBytes + usedBytes / 2n } })
    await selected()
    assert.equal(result(await client.ask('COPY 1:4 Trash')), 'NO [OVERQUOTA]')
    assert.match(await client.ok('STATUS Trash (MESSAGES)'), /MESSAGES 0/)
    await client.ok('COPY 1:2 Trash')
  })

  it('fetches sections, partially and by fields, and marks as read only without PEEK', async () => {
    const message = 'From: A <a@b.example>\r\nSubject: one\r\n two\r\nX-Y: z\r\n\r\nHello, world\r\n'
    await client.append('INBOX', message)
    await selected()
    const get = async (item: string) => /\{\d+\}\r\n(.*)\)\r\ntag OK/s.exec(await client.ok(`FETCH 1 (${item})`))?.[1]
    assert.equal(await get('BODY.PEEK[HEADER.FIELDS (SUBJECT nope)]'), 'Subject: one\r\n two\r\n\r\n')
    assert.equal(await get('BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT from)]'), 'X-Y: z\r\n\r\n')
    assert.equal(await get('BODY.PEEK[TEXT]<7.5>'), 'world')
    assert.equal(await get('BODY.PEEK[TEXT]<100.5>'), '')
    assert.equal(await get('BODY.PEEK[]<0.4294967295>'), message)
    assert.equal(await get('BODY.PEEK[1]'), 'Hello, world\r\n')
    assert.equal(await get('RFC822.HEADER'), message.slice(0, -14))
    assert.match(await client.ok('FETCH 1 BODY.PEEK[2]'), /BODY\[2\] NIL/)
    assert.match(await client.ok('FETCH 1 FLAGS'), /FLAGS \(\\Recent\)/)
    assert.match(await client.ok('FETCH 1 BODY[TEXT]'), /FLAGS \(\\Seen \\Recent\)/)
    assert.match(await client.ok('FETCH 1 ALL'), /FLAGS .*INTERNALDATE .*RFC822.SIZE .*ENVELOPE/)
    assert.match(await client.ok('UID FETCH 1:* FLAGS'), /\* 1 FETCH \(UID 1 FLAGS/)
    assert.deepEqual(untagged(await client.ok('UID FETCH 7:9 FLAGS')), [])
    for (const item of [
      'BODY[0]',
      'BODY[MIME]',
      'BODY[1',
      'BODY[]<1>',
      'BODY[]<1.0>',
      'NOPE',
      '()',
      '',
      'BODY[1.]',
      'FLAGS FLAGS',
    ]) {
      assert.equal(result(await client.ask(`FETCH 1 ${item}`)), 'BAD', item)
    }
    assert.equal(result(await client.ask('FETCH 2 FLAGS')), 'BAD')
    assert.equal(result(await client.ask('FETCH 4294967296 FLAGS')), 'BAD')
  })

  it('reads a large message in slices and finds its parts', async () => {
    const attachment = 'QUJD'.repeat(19).concat('\r\n').repeat(30_000)
    const message = `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--b--\r\n`
    await client.append('INBOX', message)
    await selected()
    for (let time = 0; time < 2; time += 1) {
      assert.match(await client.ok('FETCH 1 BODYSTRUCTURE'), new RegExp(`"base64" ${attachment.length} `))
      assert.match(await client.ok('FETCH 1 BODY.PEEK[1]'), /\{4\}\r\ntext\)/)
    }
    const whole = await client.ok('FETCH 1 BODY.PEEK[]')
    assert.ok(whole.includes(`{${message.length}}\r\n${message})`))
    const middle = await client.ok('FETCH 1 BODY.PEEK[2]<1500000.10>')
    assert.ok(middle.includes(`<1500000> {10}\r\n${attachment.slice(1_500_000, 1_500_010)})`))
    assert.ok((await prisma().body.findFirst({ where: { mailboxId: taro.id } }))?.structure)
  })

  it('changes flags: STORE', async () => {
    await client.append('INBOX', hello)
    await client.append('INBOX', hello)
    await selected()
    assert.match(await client.ok('STORE 1:2 FLAGS (\\Seen $a)'), /1 FETCH \(FLAGS \(\\Seen \$a .*2 FETCH/s)
    assert.match(await client.ok('STORE 1 +FLAGS \\Flagged $b'), /FLAGS \(\\Seen \\Flagged \$a \$b/)
    assert.match(await client.ok('STORE 1 -FLAGS (\\seen $A)'), /FLAGS \(\\Flagged \$b/)
    assert.doesNotMatch(await client.ok('STORE 1 +FLAGS.SILENT (\\Draft)'), /FETCH/)
    assert.match(await client.ok('UID STORE 2 FLAGS ()'), /\* 2 FETCH \(UID 2 FLAGS \(\\Recent\)\)/)
    assert.equal(result(await client.ask('STORE 1 FLAGS (\\Nope)')), 'BAD')
    assert.equal(result(await client.ask('STORE 1 COLORS (red)')), 'BAD')
  })

  it('copies, moves and expunges, and keeps the used bytes right', async () => {
    for (let count = 0; count < 4; count += 1) await client.append('INBOX', hello)
    await selected()
    const used = async () => Number((await prisma().mailbox.findUniqueOrThrow({ where: { id: taro.id } })).usedBytes)
    const bodies = () => prisma().body.count({ where: { mailboxId: taro.id } })
    assert.match(await client.ok('COPY 2:3 Trash'), /\[COPYUID \d+ 2:3 1:2\]/)
    assert.deepEqual([await used(), await bodies()], [6 * hello.length, 4])
    const moved = await client.ok('UID MOVE 2 Trash')
    assert.match(moved, /^\* OK \[COPYUID \d+ 2 3\].*\r\n\* 2 EXPUNGE\r\n/)
    assert.equal(result(await client.ask('COPY 1 Nowhere')), 'NO [TRYCREATE]')
    await client.ok('STORE 1:* +FLAGS.SILENT (\\Deleted)')
    assert.deepEqual(untagged(await client.ok('UID EXPUNGE 3:9')), ['* 2 EXPUNGE', '* 2 EXPUNGE'])
    assert.deepEqual(untagged(await client.ok('EXPUNGE')), ['* 1 EXPUNGE'])
    assert.deepEqual([await used(), await bodies()], [3 * hello.length, 2])
    await client.ok('MOVE 1:* Trash').catch(() => {})
    await selected('Trash')
    assert.match(await client.ok('MOVE 1 Trash'), /COPYUID \d+ 1 4/)
    await client.ok('STORE 1:* +FLAGS.SILENT (\\Deleted)')
    await client.ok('CLOSE')
    assert.deepEqual([await used(), await bodies()], [0, 0])
  })

  it('finds words of an envelope, whether they stand there in clear, escaped or encoded', async () => {
    await client.append(
      'INBOX',
      'To: Ann <ann@a.example>, Bob <bob@b.example>\r\nSubject: Say "Yes" to a\\b, NOW\r\n\r\nx\r\n',
    )
    await client.append('INBOX', 'To: =?UTF-8?Q?B=6Fb?= <b@b.example>\r\nSubject: =?UTF-8?Q?Say=20y=65s?=\r\n\r\nx\r\n')
    await client.append('INBOX', 'From: x@x.example\r\nSubject: ((urgent\r\nX-Next: plan\r\n\r\nx\r\n')
    await selected()
    const found = async (criteria: string) =>
      untagged(await client.ok(`SEARCH ${criteria}`))[0]
        ?.slice(9)
        .trim()
    for (const [criteria, numbers] of [
      ['SUBJECT now', '1'],
      ['SUBJECT "say yes"', '2'],
      ['SUBJECT yes', '1 2'],
      [String.raw`SUBJECT "\"yes\""`, '1'],
      [String.raw`SUBJECT "A\\B, n"`, '1'],
      ['SUBJECT example', ''],
      ['NOT SUBJECT now', '2 3'],
      ['SUBJECT "((urg"', '3'],
      ['TEXT urgent', '3'],
      ['TEXT "x-next: plan"', '3'],
      ['TEXT urgentx', ''],
      ['SUBJECT yes TO ann', '1'],
      ['TO bob', '1 2'],
      ['TO "ann <ANN@a.example>, bob <"', '1'],
      ['TO "bob "', '1 2'],
      ['TO nobody', ''],
    ] as const) {
      assert.equal(await found(criteria), numbers, criteria)
    }
  })

  it('searches, in Japanese too', async () => {
    const jis = '\x1b$B?7$7$$%a!<%k%5!<%P!<\x1b(B'
    await client.append(
      'INBOX',
      `From: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <yamada@b.example>\r\nDate: Tue, 24 Nov 2026 01:00:00 +0900\r\nSubject: ${jis}\r\n\r\nx\r\n`,
      '\\Seen',
    )
    await client.append(
      'INBOX',
      `Subject: plain\r\nX-Word: needle\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n${jis}\r\n`,
      '\\Flagged $work',
    )
    await client.append('INBOX', hello)
    await selected()
    const utf8 = Buffer.from('メールサーバー').toString('latin1')
    const found = async (criteria: string) =>
      untagged(await client.ok(`SEARCH ${criteria}`))[0]
        ?.slice(9)
        .trim()
    assert.equal(await found('ALL'), '1 2 3')
    assert.equal(await found(`CHARSET UTF-8 SUBJECT "${utf8}"`), '1')
    assert.equal(await found(`BODY "${utf8}"`), '2')
    assert.equal(await found(`OR SUBJECT "${utf8}" TEXT "${utf8}"`), '1 2')
    assert.equal(await found('CHARSET ISO-2022-JP FROM "\x1b$B;3ED\x1b(B"'), '1')
    assert.equal(await found('FROM yamada@B.example'), '1')
    assert.equal(await found('HEADER X-Word ""'), '2')
    assert.equal(await found('NOT SEEN'), '2 3')
    assert.equal(await found('UNSEEN UNFLAGGED'), '3')
    assert.equal(await found('SEEN UNSEEN'), '')
    assert.equal(await found('KEYWORD $WORK'), '2')
    assert.equal(await found('UNKEYWORD $work 2:*'), '3')
    assert.equal(await found('SENTON 24-Nov-2026'), '1')
    assert.equal(await found('SENTBEFORE 24-Nov-2026'), '')
    assert.equal(await found('SINCE 1-Jan-2020'), '1 2 3')
    assert.equal(await found('BEFORE 1-Jan-2020'), '')
    assert.equal(await found(`LARGER ${hello.length}`), '1 2')
    assert.equal(await found('UID 3:*'), '3')
    assert.equal(await found('(1:2 (OR FLAGGED SEEN)) NOT (2)'), '1')
    assert.equal(await found('RECENT NEW'), '2 3')
    assert.match(
      await client.ok('UID SEARCH RETURN (MIN MAX COUNT) 2:3'),
      /ESEARCH \(TAG "t\d+"\) UID MIN 2 MAX 3 COUNT 2\r\n/,
    )
    assert.match(await client.ok('SEARCH RETURN () 1,3'), /ALL 1,3\r\n/)
    assert.match(result(await client.ask('SEARCH CHARSET X-NONE TEXT a')), /NO \[BADCHARSET \(/)
    for (const criteria of ['', 'NOPE', 'SINCE 31-Feb-2026', 'SUBJECT', '(ALL', 'NOT', 'OR ALL', 'LARGER x']) {
      assert.equal(result(await client.ask(`SEARCH ${criteria}`)), 'BAD', criteria)
    }
  })

  it('tells modseqs to those who ask: CONDSTORE', async () => {
    await client.append('INBOX', hello)
    await client.append('INBOX', hello)
    const { modseq: latest } = /HIGHESTMODSEQ (?<modseq>\d+)/.exec(await client.ok('SELECT INBOX'))?.groups ?? {}
    for (const enabling of [
      `SEARCH MODSEQ ${latest}`,
      'FETCH 1 MODSEQ',
      'STATUS Trash (HIGHESTMODSEQ)',
      'ENABLE QRESYNC',
    ]) {
      const other = await ImapClient.login(engine, taro.credential)
      await other.ok('SELECT INBOX')
      assert.match(await other.ok(enabling), new RegExp(`^\\* OK \\[HIGHESTMODSEQ ${latest}\\]`), enabling)
      assert.doesNotMatch(await other.ok('FETCH 1 MODSEQ'), /HIGHESTMODSEQ/)
      other.close()
    }
    assert.match(await client.ok('ENABLE CONDSTORE X-NONE'), /\* ENABLED CONDSTORE\r\n/)
    const before = Number(/MODSEQ \((\d+)\)/.exec(await client.ok('FETCH 1 MODSEQ'))?.[1])
    const stored = await client.ok(`STORE 1 (UNCHANGEDSINCE ${before}) +FLAGS (\\Seen)`)
    const now = Number(/MODSEQ \((\d+)\)/.exec(stored)?.[1])
    assert.ok(now > before)
    const conflict = await client.ask(`STORE 1:2 (UNCHANGEDSINCE ${now - 1}) +FLAGS.SILENT (\\Flagged)`)
    assert.equal(result(conflict), 'OK [MODIFIED 1]')
    assert.match(conflict, /\* 2 FETCH \(UID 2 MODSEQ \(\d+\)\)/)
    assert.match(
      await client.ok(`FETCH 1:* (FLAGS) (CHANGEDSINCE ${now})`),
      /^\* 2 FETCH \(FLAGS .* MODSEQ \(\d+\)\)\r\ntag/,
    )
    assert.deepEqual(untagged(await client.ok('SEARCH 3:1000')), ['* SEARCH'])
    assert.match(await client.ok(`SEARCH MODSEQ ${now}`), /\* SEARCH 1 2 \(MODSEQ \d+\)/)
    assert.match(await client.ok('STATUS INBOX (HIGHESTMODSEQ)'), /HIGHESTMODSEQ \d+/)
  })

  it('ends when its credential is revoked', async (context) => {
    await selected()
    client.wire.send('i IDLE\r\n')
    await client.wire.until(/^\+ /)
    const { revokeCredential } = await import('#lib/accounts/index.ts')
    const { actor } = taro as TestMailbox & { actor: Parameters<typeof revokeCredential>[0] }
    const started = Date.now()
    await revokeCredential(actor, { credentialId: taro.credential.id })
    assert.match(await client.wire.rest(), /\* BYE/)
    context.diagnostic(`after ${Date.now() - started} ms`)
  })
})

import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { fillMailbox, Pop3Client } from '#tests/support/pop3-talk.ts'

const PREFIX = 'Return-Path: <a@b.example>\r\n'
const letters = [
  'Subject: one\r\n\r\nfirst\r\nsecond\r\n.third\r\n.\r\n',
  'Subject: no body\r\n',
  'Subject: =?iso-2022-jp?B?GyRCJCIbKEI=?=\r\n\r\n\x1b$B$"\x1b(B\xff\0\r\nno end',
]
const shown = [
  'Subject: one\r\n\r\nfirst\r\nsecond\r\n..third\r\n..\r\n',
  'Subject: no body\r\n\r\n',
  'Subject: =?iso-2022-jp?B?GyRCJCIbKEI=?=\r\n\r\n\x1b$B$"\x1b(B\xff\x80\r\nno end\r\n',
]
const sizes = letters.map((letter) => PREFIX.length + letter.length)
const totalBytes = sizes.reduce((sum, size) => sum + size, 0)

const engine = await startEngine()
after(() => engine.stop())

describe('a POP3 session', () => {
  let taro: TestMailbox
  let mailboxCount = 0

  beforeEach(async () => {
    mailboxCount += 1
    taro = await engine.addMailbox(`taro${mailboxCount}`)
    await fillMailbox(engine, taro.id, letters)
  })

  const messagesLeft = () => prisma().message.count({ where: { mailboxId: taro.id } })
  const login = () => Pop3Client.login(engine, taro.credential)

  it('tells how much there is: STAT, LIST', async () => {
    const client = await login()
    assert.equal(await client.ask('STAT'), `+OK 3 ${totalBytes}\r\n`)
    assert.equal(
      await client.askLines('LIST'),
      `+OK 3 messages (${totalBytes} octets)\r\n${sizes.map((size, index) => `${index + 1} ${size}\r\n`).join('')}.\r\n`,
    )
    assert.equal(await client.ask('LIST 2'), `+OK 2 ${sizes[1]}\r\n`)
    assert.equal(await client.ask('list 2'), `+OK 2 ${sizes[1]}\r\n`)
    await client.quit()
  })

  it('gives messages: RETR, TOP', async () => {
    const client = await login()
    for (const [index, letter] of shown.entries()) {
      assert.equal(await client.askLines(`RETR ${index + 1}`), `+OK ${sizes[index]} octets\r\n${PREFIX}${letter}.\r\n`)
    }
    assert.equal(await client.askLines('TOP 1 0'), `+OK Top follows\r\n${PREFIX}Subject: one\r\n\r\n.\r\n`)
    assert.equal(await client.askLines('TOP 1 1'), `+OK Top follows\r\n${PREFIX}Subject: one\r\n\r\nfirst\r\n.\r\n`)
    assert.equal(await client.askLines('TOP 1 2147483648'), `+OK Top follows\r\n${PREFIX}${shown[0]}.\r\n`)
    assert.equal(await client.askLines('TOP 2 5'), `+OK Top follows\r\n${PREFIX}${shown[1]}.\r\n`)
    await client.quit()
  })

  it('names messages for ever: UIDL', async () => {
    const first = await login()
    const names = await first.askLines('UIDL')
    const [, one, two, three] = /^\+OK[^\r]*\r\n1 (\S+)\r\n2 (\S+)\r\n3 (\S+)\r\n\.\r\n$/.exec(names) ?? []
    assert.equal(new Set([one, two, three]).size, 3)
    for (const name of [one, two, three]) assert.match(name ?? '', /^[\x21-\x7e]{1,70}$/)
    assert.equal(await first.ask('UIDL 2'), `+OK 2 ${two}\r\n`)
    await first.ask('DELE 1')
    await first.quit()
    const second = await login()
    const later = await second.askLines('UIDL')
    assert.ok(later.endsWith(`\r\n1 ${two}\r\n2 ${three}\r\n.\r\n`), later)
    await second.quit()
  })

  it('removes at QUIT, and only what is marked then: DELE, RSET, LAST', async () => {
    const client = await login()
    assert.match(await client.ask('DELE 1'), /^\+OK /)
    assert.match(await client.ask('DELE 3'), /^\+OK /)
    assert.equal(await client.ask('STAT'), `+OK 1 ${sizes[1]}\r\n`)
    for (const command of ['DELE 1', 'RETR 1', 'TOP 1 0', 'LIST 1', 'UIDL 1']) {
      assert.equal(await client.ask(command), '-ERR Message 1 is marked for deletion\r\n', command)
    }
    assert.match(await client.askLines('LIST'), new RegExp(`^\\+OK [^\r]*\r\n2 ${sizes[1]}\r\n\\.\r\n$`))
    assert.match(await client.askLines('UIDL'), /^\+OK [^\r]*\r\n2 \S+\r\n\.\r\n$/)
    assert.equal(await client.ask('LAST'), '+OK 0\r\n')
    await client.askLines('RETR 2')
    assert.equal(await client.ask('LAST'), '+OK 2\r\n')
    assert.match(await client.ask('RSET'), /^\+OK 3 messages/)
    assert.equal(await client.ask('STAT'), `+OK 3 ${totalBytes}\r\n`)
    assert.equal(await client.ask('LAST'), '+OK 0\r\n')
    assert.match(await client.ask('DELE 2'), /^\+OK /)
    assert.equal(await messagesLeft(), 3)
    await client.quit()
    assert.equal(await messagesLeft(), 2)
    const { usedBytes } = await prisma().mailbox.findUniqueOrThrow({ where: { id: taro.id } })
    assert.equal(Number(usedBytes), totalBytes - (sizes[1] ?? 0))
    assert.equal(await prisma().body.count({ where: { mailboxId: taro.id } }), 2)
    assert.equal(await prisma().expungedMessage.count({ where: { mailboxId: taro.id } }), 1)
    const next = await login()
    assert.equal(await next.ask('STAT'), `+OK 2 ${totalBytes - (sizes[1] ?? 0)}\r\n`)
    await next.quit()
  })

  it('removes nothing when the client vanishes, and lets it in again', async () => {
    const client = await login()
    await client.ask('DELE 1')
    client.wire.vanish()
    const next = await login()
    assert.equal(await next.ask('STAT'), `+OK 3 ${totalBytes}\r\n`)
    await next.quit()
    assert.equal(await messagesLeft(), 3)
  })

  it('keeps the mailbox as it was at login, and to itself', async () => {
    const client = await login()
    await fillMailbox(engine, taro.id, ['Subject: late\r\n\r\nlate\r\n'])
    assert.equal(await client.ask('STAT'), `+OK 3 ${totalBytes}\r\n`)
    const other = await Pop3Client.connect(engine)
    await other.ask(`USER ${taro.credential.username}`)
    assert.match(await other.ask(`PASS ${taro.credential.password}`), /^-ERR \[IN-USE\] /)
    assert.match(await other.ask('STAT'), /^-ERR /)
    await client.quit()
    await other.ask(`USER ${taro.credential.username}`)
    assert.match(await other.ask(`PASS ${taro.credential.password}`), /^\+OK 4 messages/)
    await other.quit()
  })

  it('says that a message is gone when another program removed it', async () => {
    const client = await login()
    await prisma().message.deleteMany({ where: { mailboxId: taro.id, uid: 2 } })
    assert.equal(await client.ask('RETR 2'), '-ERR Message 2 has been deleted by another mail program\r\n')
    assert.equal(await client.ask('STAT'), `+OK 3 ${totalBytes}\r\n`)
    assert.match(await client.askLines('RETR 3'), /^\+OK /)
    await client.ask('DELE 2')
    await client.ask('DELE 1')
    await client.quit()
    assert.equal(await messagesLeft(), 1)
  })

  it('leaves the flags of IMAP alone', async () => {
    const client = await login()
    await client.askLines('RETR 1')
    await client.quit()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id, flags: 0 } }), 3)
  })

  it('understands every command however its bytes arrive', async () => {
    const dialogue: [string, RegExp][] = [
      ['STAT\r\n', /^\+OK 3 \d+\r\n$/],
      ['LIST\r\n', /^\+OK [^\r]*\r\n1 \d+\r\n2 \d+\r\n3 \d+\r\n\.\r\n$/],
      ['LIST 1\r\n', /^\+OK 1 \d+\r\n$/],
      ['UIDL\r\n', /^\+OK [^\r]*\r\n(?:\d \S+\r\n){3}\.\r\n$/],
      ['UIDL 3\r\n', /^\+OK 3 \S+\r\n$/],
      ['RETR 1\r\n', /^\+OK [^\r]*\r\nReturn-Path[\s\S]*\r\n\.\r\n$/],
      ['TOP 1 1\r\n', /^\+OK [^\r]*\r\n[\s\S]*\r\n\r\nfirst\r\n\.\r\n$/],
      ['LAST\r\n', /^\+OK 0\r\n$/],
      ['DELE 1\r\n', /^\+OK /],
      ['RSET\r\n', /^\+OK /],
      ['NOOP\r\n', /^\+OK /],
      ['CAPA\r\n', /^\+OK [^\r]*\r\n(?:[A-Z][^\r]*\r\n)+\.\r\n$/],
      ['STLS\r\n', /^-ERR /],
      ['APOP a b\r\n', /^-ERR /],
    ]
    for (const [command, expected] of dialogue) {
      const isLong = expected.source.endsWith('\\.\\r\\n$')
      for (let cut = 1; cut < command.length; cut += 1) {
        const client = await login()
        client.wire.send(command.slice(0, cut))
        await new Promise((resolve) => setTimeout(resolve, 2))
        client.wire.send(command.slice(cut))
        assert.match(await (isLong ? client.lines() : client.line()), expected, `${command} cut at ${cut}`)
        await client.ask('RSET')
        await client.quit()
      }
    }
  })

  it('answers a whole session that came in one packet', async () => {
    const { username, password } = taro.credential
    const client = await Pop3Client.connect(engine)
    client.wire.send(`USER ${username}\r\nPASS ${password}\r\nSTAT\r\nUIDL\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n`)
    const text = await client.wire.rest()
    assert.match(text, /^\+OK [^\r]*\r\n\+OK 3 messages[^\r]*\r\n\+OK 3 \d+\r\n\+OK [^\r]*\r\n1 \S+\r\n/)
    assert.match(text, /\r\n\.\r\n\+OK [^\r]*\r\n\+OK Goodbye\r\n$/)
    assert.equal(await messagesLeft(), 2)
  })

  it('answers what makes no sense, and goes on', async () => {
    const client = await login()
    const slips = [
      ...['RETR', 'RETR 0', 'RETR 4', 'RETR 2147483648', 'RETR 18446744073709551616', 'RETR -1', 'RETR 1 2', 'RETR x'],
      ...['TOP 1', 'TOP 1 -1', 'TOP 0 1', 'TOP 1 1 1', 'TOP', 'DELE', 'DELE 0', 'DELE 1x', 'LIST 9', 'LIST 1 2'],
      ...['UIDL 0', 'UIDL x', 'XTND', '', ' STAT', 'USER taro', 'PASS x', 'AUTH PLAIN', 'STLS', 'constructor'],
    ]
    for (const [index, slip] of slips.entries()) {
      assert.match(await client.ask(slip), /^-ERR [A-Z]/, slip)
      if (index % 10 === 9) assert.match(await client.ask('NOOP'), /^\+OK /)
    }
    await client.quit()
  })

  it('has nothing to give from an empty mailbox', async () => {
    const empty = await engine.addMailbox(`empty${mailboxCount}`)
    const client = await Pop3Client.login(engine, empty.credential)
    assert.equal(await client.ask('STAT'), '+OK 0 0\r\n')
    assert.equal(await client.askLines('LIST'), '+OK 0 messages (0 octets)\r\n.\r\n')
    assert.match(await client.askLines('UIDL'), /^\+OK [^\r]*\r\n\.\r\n$/)
    assert.equal(await client.ask('RETR 1'), '-ERR There are no messages\r\n')
    await client.quit()
  })

  it('sends a message of many megabytes in order', async () => {
    const line = `${'0123456789'.repeat(7)}\r\n`
    const body = `.${line}`.repeat(120_000)
    await fillMailbox(engine, taro.id, [`Subject: large\r\n\r\n${body}`])
    const client = await login()
    client.wire.send('RETR 4\r\nQUIT\r\n')
    const text = await client.wire.rest()
    assert.ok(text.endsWith(`\r\n\r\n${body.replaceAll(`.${line}`, `..${line}`)}.\r\n+OK Goodbye\r\n`))
  })
})

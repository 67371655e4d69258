/** What a hostile POP3 client, or one that shares the mailbox with others, can do: hear -ERR, and nothing is lost. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestSubscriber } from '#tests/support/mailbox.ts'
import { matrix } from '#tests/support/matrix.ts'
import { fillMailbox, Pop3Client } from '#tests/support/pop3-talk.ts'
import { startProbe } from '#tests/support/probe.ts'

const letter = 'Subject: one\r\n\r\nfirst\r\n'
const MANY = 250_000

/** What is said before the login, and after it; each is one -ERR, and the session goes on. */
const beforeLogin = [
  'PASS x',
  'PASS',
  'USER',
  'STAT',
  'RETR 1',
  `APOP taro ${'0'.repeat(31)}`,
  `APOP taro ${'0'.repeat(33)}`,
  `APOP taro ${'A'.repeat(32)}`,
  `APOP taro ${'0'.repeat(32)} x`,
  'APOP taro',
  'APOP',
  'AUTH PLAIN !!!',
  'AUTH PLAIN =',
]
const afterLogin = [
  ...['0', '-1', '2', '2147483648', '4294967296', '99999999999999999999', '1.0', '1 2', 'x', '', '0x1'].flatMap(
    (number) => [
      `RETR ${number}`,
      `DELE ${number}`,
      ...(number === '' ? [] : [`LIST ${number}`, `UIDL ${number}`]),
      `TOP ${number} 0`,
    ],
  ),
  ...['-1', 'x', '', '1.5'].map((lines) => `TOP 1 ${lines}`),
  'USER taro',
  'PASS x',
  'STLS',
  'APOP taro x',
  'AUTH PLAIN',
]

const engine = await startEngine({ workers: 2 })
after(() => engine.stop())
const probe = await startProbe(engine, (await engine.addMailbox('probe')).credential)

describe('POP3 under abuse, by the letter', () => {
  let taro: TestSubscriber
  let mailboxCount = 0

  beforeEach(async () => {
    mailboxCount += 1
    taro = await engine.addMailbox(`taro${mailboxCount}`)
    await fillMailbox(engine, taro.id, [letter])
  })

  const login = () => Pop3Client.login(engine, taro.credential)
  const messagesLeft = () => prisma().message.count({ where: { mailboxId: taro.id } })
  const figures = matrix('pop3-abuse', 'Abuse of POP3 that ended a process, lost mail, or was obeyed: none')

  for (const command of beforeLogin) {
    figures.check(`${command.slice(0, 50)}, before the login`, async () => {
      const client = await Pop3Client.connect(engine)
      assert.match(await client.ask(command), /^-ERR /)
      assert.match(await client.ask('QUIT'), /^\+OK /)
    })
  }

  for (const command of afterLogin) {
    figures.check(`${command}, after the login`, async () => {
      const client = await login()
      assert.match(await client.ask(command), /^-ERR /)
      await client.quit()
      assert.equal(await messagesLeft(), 1)
    })
  }

  figures.check('TOP with more lines than there are gives the message', async () => {
    const client = await login()
    assert.ok((await client.askLines('TOP 1 2147483648')).includes(letter))
    await client.quit()
  })

  figures.check('DELE twice', async () => {
    const client = await login()
    assert.match(await client.ask('DELE 1'), /^\+OK /)
    assert.match(await client.ask('DELE 1'), /^-ERR /)
    assert.match(await client.ask('STAT'), /^\+OK 0 0\r\n/)
    await client.quit()
    assert.equal(await messagesLeft(), 0)
  })

  figures.check(`UIDL and LIST over ${MANY} messages`, async () => {
    await prisma().$executeRaw`
      INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, uidl, envelope)
      SELECT mailbox_id, folder_id, uid + n, body_id, prefix, size_bytes, internal_date, 'u' || n, envelope
      FROM messages, generate_series(1, ${MANY - 1}::int) AS n WHERE mailbox_id = ${taro.id}`
    const client = await login()
    assert.match(await client.ask('STAT'), new RegExp(`^\\+OK ${MANY} `))
    for (const command of ['UIDL', 'LIST']) {
      client.wire.send(`${command}\r\n`)
      assert.match(await client.wire.until(/\r\n\.\r\n/), new RegExp(`\\r\\n${MANY} \\S+\\r\\n\\.\\r\\n$`))
    }
    await client.quit()
  })

  figures.check('numbers stay while an IMAP session expunges', async () => {
    await fillMailbox(engine, taro.id, [letter, letter])
    const client = await login()
    const before = await client.askLines('UIDL')
    const imap = await ImapClient.login(engine, taro.credential)
    await imap.ok('SELECT INBOX')
    await imap.ok('STORE 2 +FLAGS (\\Deleted)')
    await imap.ok('EXPUNGE')
    assert.match(await client.askLines('LIST'), /^\+OK 3 /)
    assert.equal(await client.askLines('UIDL'), before)
    assert.match(await client.ask('RETR 2'), /^-ERR /)
    assert.ok((await client.askLines('RETR 3')).includes(letter))
    await client.ask('DELE 2')
    await client.ask('DELE 3')
    await client.quit()
    assert.equal(await messagesLeft(), 1)
    imap.close()
  })

  figures.check('a second session is told [IN-USE], and gets in when the first has vanished', async () => {
    const first = await login()
    await first.ask('DELE 1')
    const second = await Pop3Client.connect(engine)
    await second.ask(`USER ${taro.login}`)
    assert.match(await second.ask(`PASS ${taro.credential.password}`), /^-ERR \[IN-USE\] /)
    first.wire.vanish()
    const third = await login()
    assert.match(await third.ask('STAT'), /^\+OK 1 /)
    await third.quit()
    second.close()
  })

  figures.check('ten sessions at once: one has the mailbox, whichever process they reach', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = await Pop3Client.connect(engine)
        await client.ask(`USER ${taro.login}`)
        const answer = await client.ask(`PASS ${taro.credential.password}`)
        return { client, answer }
      }),
    )
    assert.equal(answers.filter(({ answer }) => answer.startsWith('+OK')).length, 1)
    for (const { client } of answers) client.close()
  })

  figures.check('mail that comes during a session is not in it, and stays', async () => {
    const client = await login()
    await fillMailbox(engine, taro.id, [letter])
    assert.match(await client.ask('STAT'), /^\+OK 1 /)
    await client.ask('DELE 1')
    await client.quit()
    assert.equal(await messagesLeft(), 1)
  })

  figures.check('names stay: UIDL after others were removed and the folder was tidied by IMAP', async () => {
    await fillMailbox(engine, taro.id, [letter, letter])
    const first = await login()
    const names = [...(await first.askLines('UIDL')).matchAll(/^\d+ (\S+)/gm)].map(([, name]) => name)
    await first.ask('DELE 2')
    await first.quit()
    const imap = await ImapClient.login(engine, taro.credential)
    await imap.ok('SELECT INBOX')
    await imap.ok('MOVE 1 Trash')
    await imap.ok('SELECT Trash')
    await imap.ok('MOVE 1 INBOX')
    imap.close()
    const second = await login()
    const later = [...(await second.askLines('UIDL')).matchAll(/^\d+ (\S+)/gm)].map(([, name]) => name)
    assert.deepEqual(later, [names[2], names[0]])
    await second.quit()
  })

  figures.check('the probe was answered throughout, by the processes that were there from the beginning', async () => {
    await probe.stop()
    assert.ok(engine.workers.every(({ exitCode, signalCode }) => exitCode === null && signalCode === null))
  })

  figures.check('the power goes at QUIT: all that was marked is gone, or nothing', async () => {
    await fillMailbox(engine, taro.id, Array(49).fill(letter))
    const client = await login()
    for (let number = 1; number <= 50; number += 1) await client.ask(`DELE ${number}`)
    await client.wire.sendAndWait('QUIT\r\n')
    for (const worker of engine.workers) worker.kill('SIGKILL')
    const isConfirmed = (await client.wire.rest()).startsWith('+OK')
    await engine.restart()
    const left = await messagesLeft()
    assert.ok(left === 0 || (left === 50 && !isConfirmed), `${left} left`)
  })
})

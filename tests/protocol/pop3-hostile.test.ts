import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { changePolicy } from '#tests/support/people.ts'
import { fillMailbox, Pop3Client } from '#tests/support/pop3-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const engine = await startEngine({ workers: 2 })
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
await fillMailbox(engine, taro.id, ['Subject: one\r\n\r\nhello\r\n'])

describe('POP3 under abuse', () => {
  it('answers long lines and goes on', async () => {
    const client = await Pop3Client.connect(engine)
    assert.match(await client.ask(`USER ${'a'.repeat(505)}`), /^\+OK /)
    for (const length of [506, 1_000, 65_536, 1_000_000]) {
      assert.match(await client.ask(`USER ${'a'.repeat(length)}`), /^-ERR That line is too long/)
    }
    assert.match(await client.ask('USER taro'), /^\+OK /)
    assert.match(await client.ask(`PASS ${taro.credential.password}`), /^\+OK /)
    await client.quit()
  })

  it('takes no line that ends with LF alone', async () => {
    const client = await Pop3Client.connect(engine)
    client.wire.send('USER taro\n')
    assert.match(await client.line(), /^-ERR Lines must end with CR LF/)
    client.wire.send('USER taro\r')
    client.wire.send('\n')
    assert.match(await client.line(), /^\+OK /)
    client.close()
  })

  it('hangs up on TLS without STLS and on who speaks SMTP', async () => {
    for (const hello of ['EHLO x', '\x16\x03\x01\x02']) {
      const client = await Pop3Client.connectPlainly(engine)
      client.wire.send(`${hello}\r\nUSER taro\r\n`)
      assert.match(await client.wire.rest(), /^-ERR [^\r]*\r\n$/, hello)
    }
  })

  it('shows the door to who says nothing but nonsense', async () => {
    const client = await Pop3Client.connect(engine)
    client.wire.send('XYZZY\r\n'.repeat(1_000))
    const answers = await client.wire.rest()
    assert.equal(answers.match(/-ERR Unknown command\r\n/g)?.length, 20)
    assert.match(answers, /-ERR Too many errors\r\n$/)
    const event = await eventWhere({ listener: 'pop3s', detail: 'Too many errors' })
    assert.ok(event.transcript.every((line) => !line.includes('XYZZY')))
  })

  it('keeps what cannot be a name out of the record', async () => {
    const client = await Pop3Client.connect(engine)
    await client.ask('USER \x1b[2Jtaro\0\x07')
    await client.ask('PASS x')
    client.close()
    const event = await eventWhere({ listener: 'pop3s', reason: 'badCredentials' })
    assert.equal(event.loginName, '(not shown)')
    assert.ok(event.transcript.includes('C: USER (not shown)'))
  })

  it('takes a thousand commands in one packet', async () => {
    const client = await Pop3Client.login(engine, taro.credential)
    client.wire.send(`${'NOOP\r\n'.repeat(500)}${'LIST 1\r\n'.repeat(500)}QUIT\r\n`)
    const answers = await client.wire.rest()
    assert.equal(answers.match(/\+OK/g)?.length, 1_001)
  })

  it('gives one of two clients the mailbox, whichever worker they reach', async () => {
    const hana = await engine.addMailbox('hana')
    const attempts = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = await Pop3Client.connect(engine)
        await client.ask(`USER ${hana.login}`)
        return { client, answer: await client.ask(`PASS ${hana.credential.password}`) }
      }),
    )
    assert.equal(attempts.filter(({ answer }) => answer.startsWith('+OK')).length, 1)
    assert.equal(attempts.filter(({ answer }) => answer.startsWith('-ERR [IN-USE]')).length, 7)
    for (const { client } of attempts) client.close()
  })

  it('leaves no lock and removes nothing when its worker is killed', async () => {
    const client = await Pop3Client.login(engine, taro.credential)
    await client.ask('DELE 1')
    for (const worker of engine.workers) worker.kill('SIGKILL')
    await client.wire.rest()
    await engine.restart()
    const next = await Pop3Client.login(engine, taro.credential)
    assert.match(await next.ask('STAT'), /^\+OK 1 /)
    await next.quit()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1)
  })

  it('tells waiting clients when the server stops', async () => {
    const idle = await Pop3Client.connect(engine)
    const reading = await Pop3Client.login(engine, taro.credential)
    await reading.ask('DELE 1')
    for (const worker of engine.workers) worker.kill('SIGTERM')
    assert.match(await idle.wire.rest(), /^-ERR \[SYS\/TEMP\] /)
    assert.match(await reading.wire.rest(), /^-ERR \[SYS\/TEMP\] /)
    await engine.restart()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1)
  })

  it('says so when the operator has closed it', async () => {
    await changePolicy(engine.operator, (document) => {
      document.listeners.pop3.enabled = false
    })
    await eventually(async () => {
      const client = await WireClient.connect({ port: engine.ports.pop3 })
      const greeting = await client.until(/\r\n/)
      client.close()
      assert.match(greeting, /^-ERR \[SYS\/TEMP\] This service is closed/)
    })
    const open = await Pop3Client.login(engine, taro.credential)
    await open.quit()
  })
})

/**
 * The database goes away and comes back while the engine runs (QUEUE.md, C). Nobody is told that a password is wrong,
 * nothing is acknowledged that is not stored, and nobody has to start anything again.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { prisma } from '#lib/db/prisma.ts'
import { type DatabaseGate, openDatabaseGate } from '#tests/support/database-gate.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import {
  beginMessage,
  loggedInClient,
  plainResponse,
  sendMessage,
  smtpClient,
  submissionsClient,
} from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

describe('a database that goes away', () => {
  let engine: TestEngine
  let gate: DatabaseGate
  let taro: TestMailbox
  let arriving: WireClient
  let idle: ImapClient

  before(async () => {
    engine = await startEngine({
      databaseRoute: async (url) => {
        gate = await openDatabaseGate(url)
        return gate.url
      },
    })
    taro = await engine.addMailbox('taro')
    idle = await ImapClient.login(engine, taro.credential)
    await idle.ok('SELECT INBOX')
    arriving = await loggedInClient(engine, taro.credential)
    await beginMessage(arriving, taro.address, taro.address)
    await gate.close()
  })
  after(async () => {
    await engine.stop()
    await gate.remove()
  })

  it('a message that was coming in is put off, not accepted', async () => {
    arriving.send(`From: <${taro.address}>\r\nSubject: put off\r\n\r\nx\r\n.\r\n`)
    assert.match(await arriving.reply(), /^451 4\.3\.0 /)
  })

  it('SMTP AUTH is told to come back, never that the password is wrong', async () => {
    const client = await submissionsClient(engine)
    const { username, password } = taro.credential
    assert.match(await client.command(`AUTH PLAIN ${plainResponse(username, password)}`), /^454 4\.7\.0 /)
    client.close()
  })

  it('POP3 is told that the system is at fault', async () => {
    const client = await Pop3Client.connect(engine)
    await client.ask(`USER ${taro.credential.username}`)
    assert.match(await client.ask(`PASS ${taro.credential.password}`), /^-ERR \[SYS\/TEMP\] /)
    client.wire.close()
  })

  it('IMAP is told that it is unavailable, and a session that was there gets NO', async () => {
    const client = await ImapClient.connect(engine)
    const { username, password } = taro.credential
    assert.match(await client.ask(`LOGIN ${username} ${password}`), /^tag NO \[UNAVAILABLE\] /m)
    client.wire.close()
    assert.match(await idle.ask('STATUS INBOX (MESSAGES)'), /^tag NO /m)
  })

  it('mail from outside is put off', async () => {
    const client = await smtpClient(engine.ports.mx)
    await client.command('MAIL FROM:<a@example.com>')
    assert.match(await client.command(`RCPT TO:<${taro.address}>`), /^451 4\./)
    client.close()
  })

  it('and comes back: everything works again by itself, with what it had', async () => {
    await gate.open()
    const answer = await untilAccepted()
    assert.match(answer, /^250 /)
    const pop = await Pop3Client.login(engine, taro.credential)
    assert.match(await pop.ask('STAT'), /^\+OK 1 /)
    await idle.ok('NOOP')
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1)
  })

  it('and changes are told again: a new policy rules without a restart', async () => {
    const { changePolicy } = await import('#tests/support/people.ts')
    await changePolicy(engine.operator, (document) => {
      document.listeners.mx.enabled = false
    })
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await greetingOfMx()).startsWith('421')) return
      await delay(50)
    }
    assert.fail('the new policy is not heard of')
  })

  async function untilAccepted(): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      try {
        const client = await loggedInClient(engine, taro.credential)
        return await sendMessage(client, taro.address, taro.address)
      } catch (error) {
        if (tries === 100) throw error
        await delay(100)
      }
    }
  }

  async function greetingOfMx(): Promise<string> {
    const client = await WireClient.connect({ port: engine.ports.mx })
    const greeting = await client.reply()
    client.close()
    return greeting
  }
})

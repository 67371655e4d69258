/** POP before SMTP over both doors: the cases of "zero wrong grants" that belong to login, address and time. */
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { chooseSendingMethod, issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { Subscriber, TestMailbox } from '#tests/support/mailbox.ts'
import { changePolicy } from '#tests/support/people.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

type Person = TestMailbox & { actor: Subscriber }

describe('a POP login opens the way to smtp', () => {
  let engine: TestEngine
  let taro: Person
  let jiro: Person
  let saburo: Person

  before(async () => {
    engine = await startEngine({ workers: 2 })
    taro = await engine.addMailbox('taro', { popBeforeSmtp: true })
    jiro = await engine.addMailbox('jiro', { popBeforeSmtp: true })
    saburo = await engine.addMailbox('saburo')
  })
  after(() => engine.stop())
  afterEach(() => prisma().relayWindow.deleteMany())

  async function plainClient(address: string): Promise<Pop3Client> {
    const client = await Pop3Client.connectPlainly(engine, address)
    await client.ask('STLS')
    await client.wire.startTls(engine.authorityFile)
    return client
  }

  async function receive(person: Person, address: string, password = person.credential.password): Promise<string> {
    const client = await plainClient(address)
    await client.ask(`USER ${person.login}`)
    const answer = await client.ask(`PASS ${password}`)
    await client.quit()
    return answer
  }

  /** The reply to MAIL from this address, asked twice: the two connections may reach different workers. */
  async function mayQuery(sender: string, address: string): Promise<string> {
    const replies = []
    for (let count = 0; count < 2; count += 1) {
      const client = await smtpClient(engine.ports.smtp, address)
      replies.push(await client.command(`MAIL FROM:<${sender}>`))
      client.close()
    }
    assert.equal(replies[0], replies[1])
    return replies[0] ?? ''
  }

  const passTime = (seconds: number) =>
    prisma().$executeRaw`UPDATE relay_windows SET opened_at = opened_at - make_interval(secs => ${seconds}),
                                                  expires_at = expires_at - make_interval(secs => ${seconds})`

  it('for exactly this address, sender and mailbox', async () => {
    assert.match(await mayQuery(taro.address, '127.0.0.5'), /^530 5\.7\.0 .*pop\.infonia\.ne\.jp/)
    assert.match(await receive(taro, '127.0.0.5'), /^\+OK/)
    assert.match(await mayQuery(taro.address, '127.0.0.5'), /^250 /)
    assert.match(await mayQuery(taro.address, '127.0.0.6'), /^530 5\.7\.0 /)
    assert.match(await mayQuery('someone@elsewhere.example', '127.0.0.5'), /^553 5\.7\.1 /)
    assert.match(await mayQuery(jiro.address, '127.0.0.5'), /^553 5\.7\.1 /)
    const event = await eventWhere({ kind: 'relayWindowOpened', mailboxId: taro.id })
    assert.equal(event.address, '127.0.0.5')
    const client = await smtpClient(engine.ports.smtp, '127.0.0.5')
    assert.match(await sendMessage(client, taro.address, jiro.address), /^250 2\.0\.0 /)
    client.close()
  })

  it('for two households behind one address each as themselves', async () => {
    await receive(taro, '127.0.0.7')
    await receive(jiro, '127.0.0.7')
    assert.match(await mayQuery(taro.address, '127.0.0.7'), /^250 /)
    assert.match(await mayQuery(jiro.address, '127.0.0.7'), /^250 /)
    assert.match(await mayQuery(saburo.address, '127.0.0.7'), /^553 5\.7\.1 /)
  })

  it('for 600 seconds, renewed by a new login only', async () => {
    await receive(taro, '127.0.0.8')
    await passTime(598)
    assert.match(await mayQuery(taro.address, '127.0.0.8'), /^250 /)
    await passTime(3)
    assert.match(await mayQuery(taro.address, '127.0.0.8'), /^530 5\.7\.0 /)
    await receive(taro, '127.0.0.8')
    assert.match(await mayQuery(taro.address, '127.0.0.8'), /^250 /)
    const { openedAt, expiresAt } = await prisma().relayWindow.findFirstOrThrow({ where: { mailboxId: taro.id } })
    assert.equal(expiresAt.getTime() - openedAt.getTime(), 600_000)
  })

  it('not for half a login, a wrong password or a mailbox in use', async () => {
    const attempts = [['CAPA'], ['NOOP'], ['USER taro'], ['USER taro', 'PASS wrong'], ['AUTH PLAIN AHRhcm8Ad3Jvbmc=']]
    for (const commands of attempts) {
      const client = await plainClient('127.0.0.9')
      for (const command of commands) {
        if (command === 'CAPA') await client.askLines(command)
        else await client.ask(command)
      }
      client.close()
    }
    const holder = await Pop3Client.login(engine, taro.credential)
    await prisma().relayWindow.deleteMany()
    assert.match(await receive(taro, '127.0.0.9'), /^-ERR \[IN-USE\]/)
    await holder.quit()
    assert.equal(await prisma().relayWindow.count(), 0)
    assert.match(await mayQuery(taro.address, '127.0.0.9'), /^530 5\.7\.0 /)
  })

  it('not for who has not asked for it', async () => {
    assert.match(await receive(saburo, '127.0.0.10'), /^\+OK/)
    assert.equal(await prisma().relayWindow.count(), 0)
    assert.match(await mayQuery(saburo.address, '127.0.0.10'), /^530 5\.7\.0 /)
  })

  it('until the credential is revoked or expires, the mailbox is suspended or leaves the method', async () => {
    const closings: [string, () => Promise<unknown>, () => Promise<unknown>][] = []
    const { credential, password } = await issueCredential(taro.actor, {
      mailboxId: taro.id,
      label: 'window',
      clientId: null,
      scopes: ['pop'],
      expiresAt: null,
    })
    const mailbox = (data: object) => prisma().mailbox.update({ where: { id: taro.id }, data })
    const expiry = (expiresAt: Date | null) =>
      prisma().credential.update({ where: { id: credential.id }, data: { expiresAt } })
    closings.push(
      ['expired', () => expiry(new Date(Date.now() - 1_000)), () => expiry(null)],
      ['suspended', () => mailbox({ suspendedAt: new Date() }), () => mailbox({ suspendedAt: null })],
      [
        'opted out',
        () => chooseSendingMethod(taro.actor, { mailboxId: taro.id, method: 'SMTP_AUTH' }),
        () => chooseSendingMethod(taro.actor, { mailboxId: taro.id, method: 'POP_BEFORE_SMTP' }),
      ],
      ['revoked', () => revokeCredential(taro.actor, { credentialId: credential.id }), async () => {}],
    )
    for (const [name, close, undo] of closings) {
      assert.match(await receive(taro, '127.0.0.11', password), /^\+OK/)
      assert.match(await mayQuery(taro.address, '127.0.0.11'), /^250 /)
      await close()
      assert.match(await mayQuery(taro.address, '127.0.0.11'), /^530 5\.7\.0 /, name)
      await undo()
    }
  })

  it('long enough for a message that was begun inside it', async () => {
    await receive(taro, '127.0.0.12')
    const client = await smtpClient(engine.ports.smtp, '127.0.0.12')
    assert.match(await client.command(`MAIL FROM:<${taro.address}>`), /^250 /)
    await passTime(601)
    assert.match(await client.command(`RCPT TO:<${jiro.address}>`), /^250 /)
    assert.match(await client.command('DATA'), /^354 /)
    client.send(`From: <${taro.address}>\r\n\r\nhello\r\n.\r\n`)
    assert.match(await client.reply(), /^250 2\.0\.0 /)
    assert.match(await client.command(`MAIL FROM:<${taro.address}>`), /^530 5\.7\.0 /)
    client.close()
  })

  it('for as long as the policy says, from the moment it says so', async () => {
    await changePolicy(engine.operator, (document) => {
      document.popBeforeSmtp.windowSeconds = 60
    })
    await eventually(async () => {
      await receive(taro, '127.0.0.13')
      const { openedAt, expiresAt } = await prisma().relayWindow.findFirstOrThrow({ where: { mailboxId: taro.id } })
      assert.equal(expiresAt.getTime() - openedAt.getTime(), 60_000)
    })
    await changePolicy(engine.operator, (document) => {
      document.popBeforeSmtp.enabled = false
    })
    await eventually(async () => assert.match(await mayQuery(taro.address, '127.0.0.13'), /^530 5\.7\.0 /))
    await eventually(async () => {
      await prisma().relayWindow.deleteMany()
      await receive(taro, '127.0.0.13')
      assert.equal(await prisma().relayWindow.count(), 0)
    })
  })
})

/** The notice's second method: receive first, then send within ten minutes from the same address. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { chooseSendingMethod, issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { listEvents } from '#lib/activity/list-events.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { receiveMail } from '#tests/support/receive-mail.ts'
import { beginMessage, plainResponse, sendMessage, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'

const engine = await startEngine({
  workers: 2,
  policy: ({ popBeforeSmtp }) => {
    popBeforeSmtp.sharedFromMailboxes = 10
  },
})
after(() => engine.stop())
const hanako = await engine.addMailbox('hanako', { popBeforeSmtp: true })
const jiro = await engine.addMailbox('jiro', { popBeforeSmtp: true })
const taro = await engine.addMailbox('taro')

describe('smtp: POP before SMTP', () => {
  beforeEach(() => prisma().relayWindow.deleteMany())

  const expire = () => prisma().relayWindow.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })

  it('offers no AUTH and names the host that does', async () => {
    const client = await smtpClient(engine.ports.smtp)
    assert.doesNotMatch(await client.command('EHLO x'), /AUTH/)
    const answer = await client.command(`AUTH PLAIN ${plainResponse('hanako', hanako.credential.password)}`)
    assert.match(answer, /^503 5\.5\.1 .*smtpa\.infonia\.ne\.jp.*\/g\/S1\r\n$/)
    client.close()
    await eventWhere({ reason: 'authNotOffered', listener: 'smtp' })
  })

  it('tells a person who has not received what to do', async () => {
    const client = await smtpClient(engine.ports.smtp)
    const answer = await client.command(`MAIL FROM:<${hanako.address}>`)
    assert.match(
      answer,
      /^530 5\.7\.0 Receive your mail from pop\.infonia\.ne\.jp first, then send within 10 minutes\. See .*\/g\/P2\r\n$/,
    )
    client.close()
    const event = await eventWhere({ reason: 'relayWindowMissing' })
    assert.equal(event.replyCode, '530')
    const { events } = await listEvents(hanako.actor, { show: 'trouble', service: 'sending' })
    assert.equal(events[0]?.reason, 'relayWindowMissing', 'the owner of the address sees it in the portal')
  })

  it('lets the same address send after receiving, over all processes', async () => {
    assert.match(await receiveMail(engine, hanako.credential), /^\+OK/)
    await eventWhere({ kind: 'relayWindowOpened', mailboxId: hanako.id })
    for (let connection = 0; connection < 6; connection += 1) {
      const client = await smtpClient(engine.ports.smtp)
      assert.match(await sendMessage(client, hanako.address, taro.address), /^250 2\.0\.0 /)
      client.close()
    }
    const message = await prisma().message.findFirstOrThrow({ where: { mailboxId: taro.id } })
    assert.match(Buffer.from(message.prefix).toString(), /authorized by POP before SMTP/)
    await eventWhere({ kind: 'accepted', listener: 'smtp', mailboxId: hanako.id })
  })

  it('opens no window after a failed or unfinished login, nor for who has not asked for it', async () => {
    assert.match(await receiveMail(engine, { ...hanako.credential, password: 'wrong' }), /^-ERR/)
    assert.match(await receiveMail(engine, taro.credential), /^\+OK/)
    assert.equal(await prisma().relayWindow.count(), 0)
  })

  it('belongs to exactly one address', async () => {
    await receiveMail(engine, hanako.credential)
    const neighbour = await smtpClient(engine.ports.smtp, '127.0.0.2')
    assert.match(await neighbour.command(`MAIL FROM:<${hanako.address}>`), /^530 5\.7\.0 /)
    neighbour.close()
  })

  it('lets nobody send as another, not even from one address', async () => {
    await receiveMail(engine, hanako.credential)
    const client = await smtpClient(engine.ports.smtp)
    for (const sender of [jiro.address, taro.address, 'x@example.com', '']) {
      assert.match(await client.command(`MAIL FROM:<${sender}>`), /^553 5\.7\.1 /, sender)
    }
    client.close()
    await receiveMail(engine, jiro.credential)
    const shared = await smtpClient(engine.ports.smtp)
    assert.match(await sendMessage(shared, hanako.address, taro.address), /^250 /)
    assert.match(await sendMessage(shared, jiro.address, taro.address), /^250 /)
    shared.close()
  })

  it('counts a message against the window of the person who sends it', async () => {
    await receiveMail(engine, hanako.credential)
    await receiveMail(engine, jiro.credential)
    await prisma().sendingCounter.deleteMany()
    const client = await smtpClient(engine.ports.smtp)
    await sendMessage(client, jiro.address, taro.address)
    client.close()
    const counters = await prisma().sendingCounter.findMany({ orderBy: { subject: 'asc' } })
    assert.deepEqual(
      counters.map(({ mailboxId, subject, recipients }) => [mailboxId, subject.replace(/:.*/, ''), recipients]),
      [
        [jiro.id, '', 1],
        [jiro.id, 'credential', 1],
        [jiro.id, 'window', 1],
      ],
    )
  })

  it('ends with its time, but never cuts a message that is being sent', async () => {
    await receiveMail(engine, hanako.credential)
    const client = await smtpClient(engine.ports.smtp)
    await beginMessage(client, hanako.address, taro.address)
    client.send(`From: <${hanako.address}>\r\nSubject: long\r\n\r\n`)
    await expire()
    client.send('the end\r\n.\r\n')
    assert.match(await client.reply(), /^250 2\.0\.0 /)
    assert.match(await client.command(`MAIL FROM:<${hanako.address}>`), /^530 5\.7\.0 /)
    client.close()
  })

  it('is renewed by receiving again, not by sending', async () => {
    await receiveMail(engine, hanako.credential)
    const windowOf = async () => (await prisma().relayWindow.findFirstOrThrow()).expiresAt.getTime()
    const opened = await windowOf()
    const client = await smtpClient(engine.ports.smtp)
    await sendMessage(client, hanako.address, taro.address)
    client.close()
    assert.equal(await windowOf(), opened)
    await receiveMail(engine, hanako.credential)
    assert.ok((await windowOf()) > opened)
  })

  it('closes when the credential is revoked, the mailbox suspended, the method left', async () => {
    const sees = async (expected: RegExp) => {
      const client = await smtpClient(engine.ports.smtp)
      assert.match(await client.command(`MAIL FROM:<${hanako.address}>`), expected)
      client.close()
    }
    const { credential, password } = await issueCredential(hanako.actor, {
      mailboxId: hanako.id,
      label: 'x',
      clientId: null,
      scopes: ['pop'],
      expiresAt: null,
    })
    await receiveMail(engine, { ...credential, password })
    await sees(/^250 /)
    await revokeCredential(hanako.actor, { credentialId: credential.id })
    await sees(/^530 /)
    await receiveMail(engine, hanako.credential)
    await sees(/^250 /)
    await prisma().mailbox.update({ where: { id: hanako.id }, data: { suspendedAt: new Date() } })
    await sees(/^530 /)
    await prisma().mailbox.update({ where: { id: hanako.id }, data: { suspendedAt: null } })
    await chooseSendingMethod(hanako.actor, { mailboxId: hanako.id, method: 'SMTP_AUTH' })
    await sees(/^530 /)
    await chooseSendingMethod(hanako.actor, { mailboxId: hanako.id, method: 'POP_BEFORE_SMTP' })
  })

  it('authorises nothing on smtpa', async () => {
    await receiveMail(engine, hanako.credential)
    const client = await submissionsClient(engine)
    assert.match(await client.command(`MAIL FROM:<${hanako.address}>`), /^530 5\.7\.0 Authentication required/)
    client.close()
  })

  it('follows the policy without a restart', async () => {
    const { changePolicy } = await import('#tests/support/people.ts')
    await receiveMail(engine, hanako.credential)
    const answers = (expected: RegExp) =>
      eventually(async () => {
        const client = await smtpClient(engine.ports.smtp)
        const answer = await client.command(`MAIL FROM:<${hanako.address}>`)
        client.close()
        assert.match(answer, expected)
      })
    await changePolicy(engine.operator, ({ popBeforeSmtp }) => {
      popBeforeSmtp.enabled = false
    })
    await answers(/^530 5\.7\.0 .*smtpa\.infonia\.ne\.jp.*\/g\/P1\r\n$/)
    await changePolicy(engine.operator, ({ popBeforeSmtp }) => {
      popBeforeSmtp.enabled = true
      popBeforeSmtp.windowSeconds = 120
    })
    await answers(/^250 /)
    await eventually(async () => {
      await receiveMail(engine, jiro.credential)
      const { openedAt, expiresAt } = await prisma().relayWindow.findFirstOrThrow({ where: { mailboxId: jiro.id } })
      assert.equal(expiresAt.getTime() - openedAt.getTime(), 120_000)
    })
  })
})

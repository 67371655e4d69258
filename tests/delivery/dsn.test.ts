/**
 * Who is told what of a message that did not arrive, and who is never told: a whole engine between people who send and
 * a next hop that refuses. What needs recipes (a reject, a vacation) has no test here: they do not exist yet; what
 * SPF has to do with it is in tests/protocol/smtp-sender-checks.test.ts.
 */
import assert from 'node:assert/strict'
import { after, beforeEach, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startSmtpSink } from '#tests/support/smtp-sink.ts'
import { loggedInClient, smtpClient } from '#tests/support/smtp-talk.ts'

const usual = ['PIPELINING', 'SIZE 50000000', '8BITMIME', 'SMTPUTF8']

type Sending = {
  readonly to: readonly string[]
  /** of MAIL, with a blank before */
  readonly mail?: string
  /** of each RCPT, with a blank before */
  readonly rcpt?: string
  readonly text?: string
}

const sink = await startSmtpSink()
const engine = await startEngine({ environment: { SMART_HOST: `127.0.0.1:${sink.port}`, SMART_HOST_TLS: 'none' } })
const taro = await engine.addMailbox('taro')
const jiro = await engine.addMailbox('jiro')
after(async () => {
  await engine.stop()
  await sink.stop()
})

describe('reports of delivery', () => {
  beforeEach(async () => {
    sink.behave({
      extensions: usual,
      answer: (line) => (/^RCPT TO:<bad/.test(line) ? '550 5.1.1 nobody of that name' : null),
    })
    await prisma().queuedMessage.deleteMany()
    await prisma().message.deleteMany()
  })

  async function send({ to, mail = '', rcpt = '', text = 'Subject: x\r\nMessage-ID: <m@x>\r\n\r\nBody\r\n' }: Sending) {
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await client.command(`MAIL FROM:<${taro.address}>${mail}`), /^250 /)
    for (const address of to) assert.match(await client.command(`RCPT TO:<${address}>${rcpt}`), /^250 /)
    await client.command('DATA')
    assert.match(await client.command(`From: <${taro.address}>\r\n${text}.`), /^250 /)
    client.close()
    await settled()
  }

  /** Reports are committed together with the end of their recipients. */
  async function settled(): Promise<void> {
    await eventually(async () => assert.equal(await prisma().queuedRecipient.count({ where: { state: 'WAITING' } }), 0))
  }

  /** Past the doors, which let in no such sender. */
  async function queue(sender: string): Promise<void> {
    const content = Buffer.from('Subject: x\r\n\r\nx\r\n')
    await prisma().queuedMessage.create({
      data: {
        sender,
        listener: 'dsn',
        content,
        sizeBytes: content.length,
        expiresAt: new Date(Date.now() + 86_400_000),
        recipients: { create: [{ address: 'bad@elsewhere.example', domain: 'elsewhere.example' }] },
      },
    })
    await prisma().$executeRaw`SELECT pg_notify('queue_changed', '')`
    await settled()
  }

  async function reports(): Promise<string[]> {
    const bodies = await prisma().$queryRaw<{ prefix: Buffer; content: Buffer }[]>`
      SELECT m.prefix, b.content FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
      WHERE m.mailbox_id = ${taro.id} ORDER BY m.uid`
    return bodies.map(({ prefix, content }) => Buffer.concat([prefix, content]).toString('latin1'))
  }

  async function onlyReport(): Promise<string> {
    const all = await reports()
    assert.equal(all.length, 1)
    return all[0] ?? ''
  }

  const rules = matrix('dsn', 'Rules about reports of delivery that were kept')

  rules.check('1: a recipient who does not exist is refused in the session', async () => {
    const client = await smtpClient(engine.ports.mx)
    await client.command('MAIL FROM:<a@elsewhere.example>')
    assert.match(await client.command('RCPT TO:<nobody@infonia.ne.jp>'), /^550 5\.1\.1 /)
    client.close()
    assert.equal(await prisma().queuedMessage.count(), 0)
  })

  rules.check('2: a full mailbox is refused in the session, for now', async () => {
    const full = await engine.addMailbox('full')
    await prisma().mailbox.update({ where: { id: full.id }, data: { usedBytes: 2n ** 40n } })
    const client = await smtpClient(engine.ports.mx)
    await client.command('MAIL FROM:<a@elsewhere.example>')
    assert.match(await client.command(`RCPT TO:<${full.address}>`), /^452 4\.2\.2 /)
    client.close()
    assert.equal(await prisma().queuedMessage.count(), 0)
  })

  rules.check('3: a refusal by the next hop is told once, to the sender', async () => {
    await send({ to: ['bad@elsewhere.example'] })
    const report = await onlyReport()
    assert.match(report, /^Return-Path: <>\r\nDelivered-To: taro@infonia\.ne\.jp\r\n/)
    assert.match(report, /\r\nTo: <taro@infonia\.ne\.jp>\r\n/)
    assert.equal(await prisma().message.count(), 1)
  })

  rules.check('4: nobody is told of a message from nobody; the trace knows', async () => {
    await queue('')
    assert.equal(await prisma().message.count(), 0)
    assert.equal(await prisma().queuedMessage.count(), 1)
    const [attempt] = await prisma().deliveryAttempt.findMany()
    assert.equal(attempt?.replyCode, 550)
  })

  rules.check('5: a report for somebody who is gone is dropped; the trace knows', async () => {
    await queue('gone@infonia.ne.jp')
    assert.equal(await prisma().message.count(), 0)
    assert.equal(await prisma().queuedMessage.count(), 1)
    assert.equal(await prisma().queuedRecipient.count({ where: { state: 'FAILED' } }), 1)
  })

  rules.check('6: NOTIFY=NEVER', async () => {
    await send({ to: ['bad@elsewhere.example'], rcpt: ' NOTIFY=NEVER' })
    assert.equal((await reports()).length, 0)
  })

  rules.check('7: NOTIFY=SUCCESS is told here, by the next hop, or as handed on', async () => {
    await send({ to: [jiro.address], rcpt: ' NOTIFY=SUCCESS' })
    assert.match(await onlyReport(), /\r\nAction: delivered\r\nStatus: 2\.1\.5\r\n/)
    await prisma().message.deleteMany()
    await send({ to: ['good@elsewhere.example'], rcpt: ' NOTIFY=SUCCESS' })
    assert.match(await onlyReport(), /\r\nAction: relayed\r\n/)
    await prisma().message.deleteMany()
    sink.behave({ extensions: [...usual, 'DSN'] })
    // The connection that is open still knows what the next hop offered before.
    await send({ to: ['good@other.example'], rcpt: ' NOTIFY=SUCCESS' })
    assert.equal((await reports()).length, 0)
    assert.match(sink.messages.at(-1)?.recipients[0] ?? '', / NOTIFY=SUCCESS$/)
  })

  rules.check('8: RET=HDRS gives the header back, and nothing else', async () => {
    await send({ to: ['bad@elsewhere.example'], mail: ' RET=HDRS' })
    const report = await onlyReport()
    assert.match(report, /\r\nContent-Type: text\/rfc822-headers\r\n[\s\S]*\r\nMessage-ID: <m@x>\r\n/)
    assert.doesNotMatch(report, /Body/)
  })

  rules.check('9: RET=FULL gives the message back, up to 50,000 bytes', async () => {
    await send({ to: ['bad@elsewhere.example'], mail: ' RET=FULL' })
    assert.match(await onlyReport(), /\r\nContent-Type: message\/rfc822\r\n[\s\S]*\r\n\r\nBody\r\n/)
    await prisma().message.deleteMany()
    const text = `Subject: x\r\n\r\n${`${'Body'.repeat(19)}\r\n`.repeat(700)}`
    await send({ to: ['bad@elsewhere.example'], mail: ' RET=FULL', text })
    const report = await onlyReport()
    assert.match(report, /\r\nContent-Type: text\/rfc822-headers\r\n/)
    assert.doesNotMatch(report, /Body/)
  })

  rules.check('10: a report is one that programs can read', async () => {
    await send({ to: ['bad@elsewhere.example'] })
    const imap = await ImapClient.login(engine, taro.credential)
    await imap.ok('SELECT INBOX')
    const structure = await imap.ok('FETCH 1 BODYSTRUCTURE')
    assert.match(structure, /"text" "plain".*"message" "delivery-status".*"text" "rfc822-headers".*"report" \(/i)
    assert.match(structure, /"report-type" "delivery-status"/i)
    const status = await imap.ok('FETCH 1 BODY.PEEK[2]')
    imap.close()
    assert.match(status, /Reporting-MTA: dns; smtpa\.infonia\.ne\.jp\r\n/)
    assert.match(
      status,
      /\r\n\r\nFinal-Recipient: rfc822; bad@elsewhere\.example\r\nAction: failed\r\nStatus: 5\.1\.1\r\nRemote-MTA: .*\r\nDiagnostic-Code: smtp; 550 5\.1\.1 nobody of that name\r\n/,
    )
  })

  rules.check('11: ENVID and ORCPT come back as they were meant', async () => {
    await send({
      to: ['bad@elsewhere.example'],
      mail: ' ENVID=QQ+3D314',
      rcpt: ' NOTIFY=FAILURE ORCPT=rfc822;first+2Bone@elsewhere.example',
    })
    const report = await onlyReport()
    assert.match(report, /\r\nOriginal-Envelope-Id: QQ=314\r\n/)
    assert.match(report, /\r\nOriginal-Recipient: rfc822; first\+one@elsewhere\.example\r\n/)
  })

  rules.check('12: a report says that a program wrote it', async () => {
    await send({ to: ['bad@elsewhere.example'] })
    assert.match(await onlyReport(), /\r\nAuto-Submitted: auto-replied\r\n/)
  })

  rules.check('13: one report lists all whom a message did not reach', async () => {
    const names = Array.from({ length: 20 }, (_, index) => (index % 7 === 3 ? `bad${index}` : `good${index}`))
    await send({ to: names.map((name) => `${name}@elsewhere.example`) })
    const failed = (await onlyReport()).match(/Final-Recipient: rfc822; \w+/g)
    assert.deepEqual(failed?.map((line) => line.split('; ')[1]).sort(), ['bad10', 'bad17', 'bad3'])
  })

  const spoofed = matrix('backscatter', 'Messages to a person whose address a stranger used: none')
  spoofed.check(
    'a thousand forged senders get no report',
    async () => {
      const messages = 20
      for (let connection = 0; connection < 1_000 / messages; connection += 1) {
        const client = await smtpClient(engine.ports.mx)
        for (let count = 0; count < messages; count += 1) {
          await client.command(`MAIL FROM:<victim${count}@elsewhere.example>`)
          assert.match(await client.command(`RCPT TO:<${jiro.address}> NOTIFY=SUCCESS`), /^250 /)
          await client.command('DATA')
          assert.match(await client.command('Subject: x\r\n\r\nx\r\n.'), /^250 /)
        }
        client.close()
      }
      await settled()
      assert.equal(await prisma().message.count(), 1_000)
      assert.equal(await prisma().queuedMessage.count(), 0)
      assert.ok(!sink.commands.some((line) => line.includes('victim')))
    },
    1_000,
  )
})

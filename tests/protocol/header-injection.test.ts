/**
 * No text that somebody else chose becomes a header field: not in a message that passes through, not in a report about
 * one. Judged by the exact set of fields that is stored.
 */
import assert from 'node:assert/strict'
import { after, beforeEach, describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { issueCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startSmtpSink } from '#tests/support/smtp-sink.ts'
import { loggedInClient, logIn, sendMessage, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import { hasBareLineBreak } from '#tests/support/smuggled-ends.ts'

const foreign = 'someone@example.com'
const remote = 'bad@elsewhere.example'
/** What could end a line for one reader or another, each before a field. */
const breaks = ['\r\n', '\n', '\r', '\0', '\x0b', '\x0c', '\x85', '\u2028', '\u2029']
const ARRIVAL_MS = 10_000

const trace = ['return-path', 'delivered-to', 'received']
const report = [
  'return-path',
  'delivered-to',
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'auto-submitted',
  'mime-version',
  'content-type',
]

const sink = await startSmtpSink()
const engine = await startEngine({ environment: { SMART_HOST: `127.0.0.1:${sink.port}`, SMART_HOST_TLS: 'none' } })
const taro = await engine.addMailbox('taro')
after(async () => {
  await engine.stop()
  await sink.stop()
})

describe('header injection', () => {
  beforeEach(() => prisma().message.deleteMany())

  const latin1 = (text: string) => Buffer.from(text).toString('latin1')

  /** The one message in the mailbox, its trace included. */
  async function arrived(): Promise<string> {
    for (const deadline = Date.now() + ARRIVAL_MS; ; await delay(20)) {
      const [found, ...more] = await prisma().$queryRaw<{ prefix: Buffer; content: Buffer }[]>`
        SELECT m.prefix, b.content FROM messages m JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id
        WHERE m.mailbox_id = ${taro.id}`
      assert.equal(more.length, 0)
      if (found) return Buffer.concat([found.prefix, found.content]).toString('latin1')
      assert.ok(Date.now() < deadline, 'nothing arrived')
    }
  }

  function fieldsOf(message: string): string[] {
    assert.ok(!hasBareLineBreak(message))
    const [header = ''] = message.split('\r\n\r\n', 1)
    return header
      .split(/\r\n(?![ \t])/)
      .map((field) => /^[!-9;-~]+(?=:)/.exec(field)?.[0].toLowerCase() ?? `no field: ${field}`)
  }

  async function sendToRemote(options: { mail?: string; rcpt?: string; text?: string }): Promise<void> {
    const client = await loggedInClient(engine, taro.credential)
    await client.command(`MAIL FROM:<${taro.address}>${options.mail ?? ''}`)
    await client.command(`RCPT TO:<${remote}>${options.rcpt ?? ''}`)
    await client.command('DATA')
    const text = options.text ?? 'Subject: x\r\n\r\nx\r\n'
    assert.match(await client.command(`From: <${taro.address}>\r\n${text}.`), /^250 /)
    client.close()
  }

  const refuses = (answer = '550 5.1.1 no') =>
    sink.behave({ answer: (line) => (line.startsWith('RCPT') ? answer : null) })

  const cases = matrix('header-injection', "Fields that somebody put into another's message: none")

  cases.check('the name of a client', async () => {
    for (const [index, end] of ['\r', '\0', '\x0b', '\x85', ') (', '\\', '"', '; ', '<a@b>'].entries()) {
      const client = await smtpClient(engine.ports.mx)
      await client.command(`EHLO x${end}Bcc: y@z.example`)
      assert.match(await sendMessage(client, foreign, taro.address), /^250 /)
      client.close()
      const message = await arrived()
      assert.deepEqual(fieldsOf(message), [...trace, 'from', 'subject'], String(index))
      assert.match(message, /\r\nReceived: from x[A-Za-z0-9.:_[\]?-]+ \(\[127\.0\.0\.1\]\)\r\n\tby /)
      await prisma().message.deleteMany()
    }
  })

  cases.check('the address of a sender', async () => {
    for (const end of breaks) {
      for (const path of [`"a${end}Bcc: y"@example.com`, `a${end}Bcc:y@example.com`, `a@example.com${end}Bcc:y`]) {
        const client = await smtpClient(engine.ports.mx)
        client.send(latin1(`MAIL FROM:<${path}> SMTPUTF8\r\nRCPT TO:<${taro.address}>\r\nQUIT\r\n`))
        assert.doesNotMatch(await client.rest(), /^250/m)
        client.close()
      }
    }
  })

  cases.check('the address of a recipient', async () => {
    for (const end of breaks) {
      const client = await loggedInClient(engine, taro.credential)
      await client.command(`MAIL FROM:<${taro.address}> SMTPUTF8`)
      client.send(latin1(`RCPT TO:<"a${end}Bcc: y"@example.com>\r\nRCPT TO:<a@example.com${end}Bcc:y>\r\nQUIT\r\n`))
      assert.doesNotMatch(await client.rest(), /^250/m)
      client.close()
    }
  })

  cases.check('ENVID and ORCPT in a report', async () => {
    refuses()
    await sendToRemote({ mail: ' ENVID=x+0D+0ABcc:+20y', rcpt: ' ORCPT=rfc822;a+0D+0A+0D+0ABcc:+20y@z.example' })
    const message = await arrived()
    assert.deepEqual(fieldsOf(message), report)
    assert.doesNotMatch(message, /^Bcc/m)
  })

  cases.check('what the next host answers, in a report', async () => {
    refuses(latin1('550 5.1.1 no\rBcc: a@b.example\x0bBcc: c\x85Bcc: d\u2028Bcc: e'))
    await sendToRemote({})
    const message = await arrived()
    assert.deepEqual(fieldsOf(message), report)
    assert.match(message, /\r\nDiagnostic-Code: smtp; 550 5\.1\.1 no[ -~]*\r\n/)
  })

  cases.check('the original, in a report', async () => {
    refuses()
    const text = [
      'Subject: =?utf-8?q?x=0D=0ABcc:_y?=',
      'Message-ID: <m@x>',
      '\tBcc: <folded@b.example>',
      'References: <a@b>\r\n X: y',
      '',
      'x',
      '',
    ].join('\r\n')
    await sendToRemote({ text })
    assert.deepEqual(fieldsOf(await arrived()), report)
  })

  cases.check('a message that lacks fields gets those and no others', async () => {
    const client = await submissionsClient(engine)
    await logIn(client, taro.credential)
    assert.match(await sendMessage(client, taro.address, taro.address, 'Subject: bare\r\n\r\nBcc: x\r\n'), /^250 /)
    client.close()
    assert.deepEqual(fieldsOf(await arrived()), [...trace, 'date', 'from', 'message-id', 'subject'])
  })

  cases.check('the name of a password', async () => {
    for (const end of breaks) {
      await assert.rejects(
        issueCredential(taro.actor, {
          mailboxId: taro.id,
          label: `x${end}Bcc: y`,
          clientId: null,
          scopes: ['pop'],
          expiresAt: null,
        }),
      )
    }
  })
})

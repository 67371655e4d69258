/**
 * SMTP smuggling: only CRLF.CRLF ends a message, however its bytes arrive. What follows any other end is text, never a
 * command; a text with bare line breaks is refused as a whole. On the way out no such end exists at all.
 */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { matrix } from '#tests/support/matrix.ts'
import { receiveMail } from '#tests/support/receive-mail.ts'
import { startSmtpSink } from '#tests/support/smtp-sink.ts'
import {
  beginMessage,
  loggedInClient,
  logIn,
  sendMessage,
  smtpClient,
  submissionClient,
} from '#tests/support/smtp-talk.ts'
import { hasBareLineBreak, smuggledEnds } from '#tests/support/smuggled-ends.ts'
import type { WireClient } from '#tests/support/wire-client.ts'

const EDGE = 65_536
const remote = 'x@elsewhere.example'

const sink = await startSmtpSink()
const engine = await startEngine({
  environment: { SMART_HOST: `127.0.0.1:${sink.port}`, SMART_HOST_TLS: 'none' },
})
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako', { popBeforeSmtp: true })
const victim = await engine.addMailbox('victim')
await receiveMail(engine, hanako.credential)
after(async () => {
  await engine.stop()
  await sink.stop()
})

describe('SMTP smuggling', () => {
  /** Whoever is allowed to send there: the second message must not fail for want of a right. */
  const doors: Record<string, () => Promise<{ client: WireClient; sender: string }>> = {
    mx: async () => ({ client: await smtpClient(engine.ports.mx), sender: 'admin@infonia.ne.jp' }),
    submission: async () => {
      const client = await submissionClient(engine)
      await logIn(client, taro.credential)
      return { client, sender: taro.address }
    },
    smtp: async () => ({ client: await smtpClient(engine.ports.smtp), sender: hanako.address }),
  }

  const head = (sender: string) => `From: <${sender}>\r\nSubject: carrier\r\n\r\nfirst`
  const smuggled = (sender: string) =>
    `MAIL FROM:<${sender}>\r\nRCPT TO:<${victim.address}>\r\nRCPT TO:<${remote}>\r\nDATA\r\nSubject: smuggled\r\n\r\nx`
  const fillTo = (bytes: number) => `${'y'.repeat(76)}\r\n`.repeat(Math.floor(bytes / 78)).padEnd(bytes, 'z')

  const writes: Record<string, (client: WireClient, sender: string, end: string) => Promise<void>> = {
    'in one write': async (client, sender, end) => client.send(`${head(sender)}${end}${smuggled(sender)}\r\n.\r\n`),
    'in a packet for each byte': (client, sender, end) =>
      client.sendInPieces(`${head(sender)}${end}${smuggled(sender)}\r\n.\r\n`, 1),
    'across the edge of a buffer': async (client, sender, end) => {
      const padding = fillTo(EDGE - head(sender).length - Math.ceil(end.length / 2))
      client.send(`${head(sender)}${padding}${end}${smuggled(sender)}\r\n.\r\n`)
    },
  }

  const inbound = matrix('smuggling-in', 'Messages that came in as the text of another: none')
  for (const [door, open] of Object.entries(doors)) {
    for (const [way, write] of Object.entries(writes)) {
      for (const end of smuggledEnds) {
        inbound.check(`${door}, ${way}: ${JSON.stringify(end)}`, async () => {
          const { client, sender } = await open()
          await beginMessage(client, sender, taro.address)
          const count = () => prisma().message.count()
          const storedBefore = await count()
          await write(client, sender, end)
          const answer = await client.reply()
          if (hasBareLineBreak(end)) {
            assert.match(answer, /^550 5\.5\.2 /)
            assert.equal(await client.rest(), '')
          } else {
            assert.match(answer, end.includes('\0') ? /^550 5\.6\.0 / : /^250 2\.0\.0 /)
            client.send('QUIT\r\n')
            assert.match(await client.rest(), /^221 [^\n]*\n$/)
          }
          client.close()
          assert.equal((await count()) - storedBefore, answer.startsWith('250') ? 1 : 0)
          assert.equal(await prisma().message.count({ where: { mailboxId: victim.id } }), 0)
          assert.equal(await prisma().queuedRecipient.count(), 0)
        })
      }
    }
  }

  /** What the next host got, byte for byte, as the text of one message. */
  async function sent(queue: () => Promise<void>): Promise<string> {
    const expected = sink.messages.length + 1
    await queue()
    await sink.received(expected)
    return sink.messages.at(-1)?.wire.toString('latin1') ?? ''
  }

  function assertOneEnd(wire: string): void {
    assert.ok(!hasBareLineBreak(wire))
    assert.equal(wire.split('\r\n.\r\n').length, 2)
    assert.ok(wire.endsWith('\r\n.\r\n'))
  }

  /** Past all doors, as if one of them had let it in. */
  async function queueDirectly(content: string): Promise<void> {
    const bytes = Buffer.from(content, 'latin1')
    await prisma().queuedMessage.create({
      data: {
        sender: taro.address,
        mailboxId: taro.id,
        listener: 'submissions',
        content: bytes,
        sizeBytes: bytes.length,
        expiresAt: new Date(Date.now() + 86_400_000),
        recipients: { create: [{ address: remote, domain: 'elsewhere.example' }] },
      },
    })
    await prisma().$executeRaw`SELECT pg_notify('queue_changed', '')`
  }

  const outbound = matrix('smuggling-out', 'Messages that went out with a bare line break or a second end: none')
  for (const end of smuggledEnds) {
    outbound.check(`in the queue: ${JSON.stringify(end)}`, async () => {
      const wire = await sent(() => queueDirectly(`${head(taro.address)}${end}${smuggled(taro.address)}\r\n`))
      assertOneEnd(wire)
      assert.doesNotMatch(wire.slice(0, -5), /\r\n\.(?!\.)/)
    })
  }
  for (const end of smuggledEnds.filter((text) => !hasBareLineBreak(text) && !text.includes('\0'))) {
    outbound.check(`by submission: ${JSON.stringify(end)}`, async () => {
      const text = `${head(taro.address)}${end.replace('\r\n.', '\r\n..')}x\r\n`
      const wire = await sent(async () => {
        const client = await loggedInClient(engine, taro.credential)
        assert.match(await sendMessage(client, taro.address, remote, text), /^250 /)
        client.close()
      })
      assertOneEnd(wire)
      assert.ok(wire.endsWith(`${text}.\r\n`))
    })
  }
  for (let length = 997; length <= 1_002; length += 1) {
    outbound.check(`a line of ${length} octets before one that begins with a dot`, async () => {
      const line = 'w'.repeat(length)
      const text = `${head(taro.address)}\r\n${line}\r\n..\r\n${line}..\r\n${line}\r\n..x\r\n`
      const wire = await sent(async () => {
        const client = await loggedInClient(engine, taro.credential)
        assert.match(await sendMessage(client, taro.address, remote, text), /^250 /)
        client.close()
      })
      assertOneEnd(wire)
      assert.ok(wire.endsWith(`${text}.\r\n`))
    })
  }
})

/** Nothing of a stranger's is passed on, and nothing of it arrives by confusion; judged by what is stored and sent. */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { matrix } from '#tests/support/matrix.ts'
import { receiveMail } from '#tests/support/receive-mail.ts'
import { startSmtpSink } from '#tests/support/smtp-sink.ts'
import { loggedInClient, logIn, sendMessage, smtpClient, submissionClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'
import { R, type RelayForm, relayAttempts } from './relay-attempts.ts'

const doors = ['mx', 'smtp', 'submission', 'submissions'] as const
type Door = (typeof doors)[number]

const sink = await startSmtpSink()
const engine = await startEngine({
  environment: { SMART_HOST: `127.0.0.1:${sink.port}`, SMART_HOST_TLS: 'none' },
})
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako', { popBeforeSmtp: true })
after(async () => {
  await engine.stop()
  await sink.stop()
})

describe('open relay', () => {
  /** @returns every answer */
  async function attempt(door: Door, { preface, lines }: RelayForm): Promise<string[]> {
    const target = { port: engine.ports[door] }
    const client =
      door === 'submissions'
        ? await WireClient.connectTls(target, engine.authorityFile)
        : await WireClient.connect(target)
    const answers: string[] = []
    try {
      await client.reply()
      client.send(preface ?? '')
      const text = `From: <taro@infonia.ne.jp>\r\nSubject: relayed\r\n\r\nx\r\n.`
      for (const line of ['EHLO client.example', ...lines, 'DATA', text]) {
        answers.push(await client.command(line))
        if (line === 'DATA' && !answers.at(-1)?.startsWith('354')) break
      }
      // A preface may be answered more than once; what is late comes now.
      client.send('QUIT\r\n')
      answers.push(...(await client.rest()).split(/(?<=\n)/))
    } catch {
      assert.ok(client.isClosed)
    }
    client.close()
    return answers
  }

  async function assertNothingHappened(): Promise<void> {
    assert.equal(await prisma().queuedRecipient.count(), 0)
    assert.equal(await prisma().message.count(), 0)
    assert.deepEqual(sink.commands, [])
  }

  const relay = matrix('open-relay', 'Strangers whose mail was passed on: none')
  for (const { title, forms, mx } of relayAttempts) {
    for (const door of doors) {
      relay.check(`${door}: ${title}`, async () => {
        for (const form of forms) {
          const beside = form.beside ? await loggedInClient(engine, taro.credential) : null
          const answers = await attempt(door, form)
          beside?.close()
          assert.ok(!answers.some((answer) => answer.startsWith('354')))
          const expected = door === 'mx' ? mx : /^(?:530 5\.7\.0|501 5\.1\.3|553 5\.\d\.\d) /
          assert.ok(answers.length === 0 || answers.some((answer) => expected.test(answer)), answers.join(''))
        }
        await assertNothingHappened()
      })
    }
  }

  const controls = matrix('open-relay-controls', 'People who may send, and whose mail arrived')
  const arrives = async (client: WireClient, sender: string) => {
    const expected = sink.messages.length + 1
    assert.match(await sendMessage(client, sender, `x@${R}`), /^250 /)
    client.close()
    await sink.received(expected)
    assert.equal(sink.messages.at(-1)?.recipients.length, 1)
    assert.match(sink.messages.at(-1)?.recipients[0] ?? '', /^RCPT TO:<x@elsewhere\.example>/)
  }
  controls.check('submission after a login', async () => {
    const client = await submissionClient(engine)
    await logIn(client, taro.credential)
    await arrives(client, taro.address)
  })
  controls.check('submissions after a login', async () => {
    await arrives(await loggedInClient(engine, taro.credential), taro.address)
  })
  controls.check('smtp after receiving', async () => {
    await receiveMail(engine, hanako.credential)
    await arrives(await smtpClient(engine.ports.smtp), hanako.address)
  })
  controls.check('mx for a mailbox that is here', async () => {
    const client = await smtpClient(engine.ports.mx)
    assert.match(await sendMessage(client, `a@${R}`, taro.address), /^250 /)
    client.close()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1)
    assert.equal(sink.messages.length, 3)
  })
})

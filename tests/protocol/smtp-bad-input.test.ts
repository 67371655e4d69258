/**
 * What is wrong with a client's words, at each door of SMTP: a reply that says so, an event that keeps it, nothing
 * stored, and the next client served by the same process.
 */
import assert from 'node:assert/strict'
import { after, afterEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { beginMessage, logIn, sendMessage, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import type { WireClient } from '#tests/support/wire-client.ts'

const MAX_BYTES = 65_536
const foreign = 'someone@example.com'
const doors = ['mx', 'smtp', 'submission'] as const
type Door = (typeof doors)[number]

type Fault = {
  readonly name: string
  /** says it and gives the reply */
  readonly commit: (client: WireClient, sender: string, recipient: string) => Promise<string>
  readonly expected: `${number} ${string}`
  readonly reason?: string
  /** the sentence, where a person has to act on it */
  readonly sentence?: RegExp
}

const say = (line: string) => (client: WireClient) => client.command(line)
const text = (rest: string) => (client: WireClient, sender: string, recipient: string) =>
  sendMessage(client, sender, recipient, `From: <${sender}>\r\n${rest}`)

const faults: readonly Fault[] = [
  { name: 'a sender that is no address', commit: say('MAIL FROM:<a@b@example.com>'), expected: '553 5.1.7' },
  { name: 'no path at all', commit: say('MAIL FROM:'), expected: '501 5.5.4' },
  { name: 'an unknown parameter', commit: say('MAIL FROM:<a@example.com> X-Y=1'), expected: '555 5.5.4' },
  {
    name: 'a recipient that is no address',
    async commit(client, sender) {
      await client.command(`MAIL FROM:<${sender}>`)
      return client.command('RCPT TO:<a@b@infonia.ne.jp>')
    },
    expected: '501 5.1.3',
  },
  { name: 'RCPT before MAIL', commit: say('RCPT TO:<jiro@infonia.ne.jp>'), expected: '503 5.5.1' },
  { name: 'DATA before MAIL', commit: say('DATA'), expected: '503 5.5.1' },
  {
    name: 'MAIL twice',
    async commit(client, sender) {
      await client.command(`MAIL FROM:<${sender}>`)
      return client.command(`MAIL FROM:<${sender}>`)
    },
    expected: '503 5.5.1',
  },
  {
    name: 'DATA without a recipient',
    async commit(client, sender) {
      await client.command(`MAIL FROM:<${sender}>`)
      return client.command('DATA')
    },
    expected: '554 5.5.1',
  },
  { name: 'a command that is none', commit: say('XYZZY'), expected: '500 5.5.1' },
  { name: 'a NUL in a command', commit: say('NOOP\0'), expected: '500 5.5.1' },
  { name: 'a NUL in an address', commit: say('MAIL FROM:<ta\0ro@infonia.ne.jp>'), expected: '553 5.1.7' },
  { name: 'a command line without end', commit: say(`NOOP ${'x'.repeat(100_000)}`), expected: '500 5.5.2' },
  {
    name: 'a bare line feed after a command',
    commit(client) {
      client.send('NOOP\n')
      return client.reply()
    },
    expected: '500 5.5.2',
  },
  {
    name: 'a size that is announced and too large',
    commit: (client, sender) => client.command(`MAIL FROM:<${sender}> SIZE=${MAX_BYTES + 1}`),
    expected: '552 5.3.4',
    reason: 'messageTooLarge',
    sentence: /larger than this server accepts.*\/g\/M1/,
  },
  {
    name: 'a message that is too large without a word',
    commit: text(`Subject: big\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(70)}`),
    expected: '552 5.3.4',
    reason: 'messageTooLarge',
    sentence: /larger than this server accepts.*\/g\/M1/,
  },
  { name: 'a NUL in a message', commit: text('Subject: x\r\n\r\na\0b\r\n'), expected: '550 5.6.0' },
  { name: 'a bare line feed in a message', commit: text('Subject: x\r\n\r\na\nb\r\n'), expected: '550 5.5.2' },
  { name: 'a bare line feed in a header', commit: text('Subject: x\nX: y\r\n\r\nb\r\n'), expected: '550 5.5.2' },
  {
    name: 'half a message and then silence',
    async commit(client, sender, recipient) {
      await beginMessage(client, sender, recipient)
      client.send(`From: <${sender}>\r\nSubject: half\r\n\r\nhalf a mess`)
      client.endInput()
      return client.reply()
    },
    expected: '421 4.4.2',
    sentence: /nothing of it was kept/,
  },
]

const engine = await startEngine({
  policy: ({ inbound, popBeforeSmtp, submission }) => {
    inbound.maxMessageBytes = MAX_BYTES
    popBeforeSmtp.limits.maxMessageBytes = MAX_BYTES
    submission.limits.maxMessageBytes = MAX_BYTES
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro', { popBeforeSmtp: true })
const jiro = await engine.addMailbox('jiro')

describe('bad input', () => {
  let clients = 0
  const open: WireClient[] = []

  afterEach(() => {
    for (const client of open.splice(0)) client.close()
  })

  /** From an address of its own, by which its events are found; with the right to send. */
  async function connect(door: Door): Promise<{ client: WireClient; address: string; sender: string }> {
    clients += 1
    const address = `127.0.1.${clients}`
    if (door === 'smtp') await receive(address)
    const client = await smtpClient(engine.ports[door], address)
    open.push(client)
    if (door === 'submission') {
      await client.command('STARTTLS')
      await client.startTls(engine.authorityFile)
      await client.command('EHLO client.example')
      await logIn(client, taro.credential)
    }
    return { client, address, sender: door === 'mx' ? foreign : taro.address }
  }

  async function receive(address: string): Promise<void> {
    const client = await Pop3Client.connectPlainly(engine, address)
    await client.ask('STLS')
    await client.wire.startTls(engine.authorityFile)
    await client.ask(`USER ${taro.login}`)
    assert.match(await client.ask(`PASS ${taro.credential.password}`), /^\+OK/)
    await client.quit()
  }

  const stored = () => prisma().message.count({ where: { mailboxId: jiro.id } })

  async function isStillServed(door: Door): Promise<void> {
    assert.equal(engine.workers[0]?.exitCode, null)
    const before = await stored()
    const { client, sender } = await connect(door)
    assert.match(await sendMessage(client, sender, jiro.address), /^250 2\.0\.0 /)
    assert.equal(await stored(), before + 1)
  }

  for (const door of doors) {
    for (const { name, commit, expected, reason = null, sentence = / \S/ } of faults) {
      it(`${door}: ${name} gets ${expected}`, async () => {
        const before = await stored()
        const { client, address, sender } = await connect(door)
        const answer = await commit(client, sender, jiro.address)
        assert.ok(answer.startsWith(`${expected} `), answer)
        assert.match(answer, sentence)
        const [replyCode = '', enhancedStatus = ''] = expected.split(' ')
        const event = await eventWhere({ kind: 'refusal', address, replyCode, enhancedStatus, reason })
        assert.equal(event.listener, door)
        if (door === 'submission') assert.equal(event.mailboxId, taro.id)
        assert.ok(event.transcript.some((line) => line.startsWith(`S: ${expected} `)))
        assert.equal(await stored(), before)
        await isStillServed(door)
      })
    }

    it(`${door}: a program that dies in the middle of a message leaves an event and no message`, async () => {
      const before = await stored()
      const { client, address, sender } = await connect(door)
      await beginMessage(client, sender, jiro.address)
      client.send(`From: <${sender}>\r\nSubject: half\r\n\r\nhalf a mess`)
      client.vanish()
      await eventWhere({ kind: 'refusal', address, replyCode: '421', enhancedStatus: '4.4.2' })
      await eventWhere({ kind: 'sessionEnded', address, detail: 'the client closed the connection' })
      assert.equal(await stored(), before)
      await isStillServed(door)
    })

    it(`${door}: lines of any length arrive as they were`, async () => {
      const { client, sender } = await connect(door)
      const message = `From: <${sender}>\r\nSubject: ${'s'.repeat(5_000)}\r\n\r\n${'b'.repeat(20_000)}\r\n`
      assert.match(await sendMessage(client, sender, jiro.address, message), /^250 2\.0\.0 /)
      const body = await prisma().body.findFirstOrThrow({ where: { mailboxId: jiro.id }, orderBy: { id: 'desc' } })
      assert.ok(Buffer.from(body.content).toString('latin1').endsWith(message))
    })
  }

  it('smtp: AUTH is answered with the right host, whenever and however it is said', async () => {
    const { client } = await connect('smtp')
    for (const line of ['AUTH', 'AUTH PLAIN', 'AUTH LOGIN dGFybw==', 'AUTH X Y Z']) {
      assert.match(await client.command(line), /^503 5\.5\.1 .*smtpa\.infonia\.ne\.jp.*\/g\/S1\r\n$/, line)
    }
    await client.command(`MAIL FROM:<${taro.address}>`)
    assert.match(await client.command('AUTH PLAIN'), /^503 5\.5\.1 .*smtpa\.infonia\.ne\.jp/)
  })

  it('smtpa: responses of a login that are no lines are answered, and the session goes on', async () => {
    const client = await submissionsClient(engine)
    open.push(client)
    const cases: [string, RegExp][] = [
      ['dGFybw==\n', /^500 5\.5\.2 /],
      [`${'A'.repeat(20_000)}\r\n`, /^500 5\.5\.6 /],
      ['\0\r\n', /^501 5\.5\.2 /],
    ]
    for (const [response, expected] of cases) {
      assert.match(await client.command('AUTH LOGIN'), /^334 /)
      client.send(response)
      assert.match(await client.reply(), expected)
    }
    await eventWhere({ listener: 'submissions', replyCode: '500', enhancedStatus: '5.5.6' })
    await logIn(client, taro.credential)
  })
})

/** SCRAM-SHA-256-PLUS: a login that is worth nothing on any other connection, on every door. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, beforeEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { type ScramClientOptions, scramClient } from '#tests/support/scram-client.ts'
import { smtpClient, submissionClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import type { WireClient } from '#tests/support/wire-client.ts'

type Door = {
  readonly command: string
  readonly connect: (engine: TestEngine) => Promise<WireClient>
}

const doors: Readonly<Record<string, Door>> = {
  'SMTP on 465': { command: 'AUTH', connect: submissionsClient },
  'SMTP after STARTTLS': { command: 'AUTH', connect: submissionClient },
  POP3: { command: 'AUTH', connect: async (engine) => (await Pop3Client.connect(engine)).wire },
  IMAP: { command: 'a AUTHENTICATE', connect: async (engine) => (await ImapClient.connect(engine)).wire },
}

const bindings: Readonly<Record<string, (client: WireClient) => Buffer>> = {
  'tls-exporter': ({ tls }) => tls.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)),
  'tls-server-end-point': ({ tls }) => createHash('sha256').update(tls.getPeerCertificate().raw).digest(),
}

const accepted = /^(?:235|\+OK|a OK) /
const refused = /^(?:535|-ERR \[AUTH\]|a NO \[AUTHENTICATIONFAILED\]) /
const malformed = /^(?:501|-ERR The login data|a BAD) /

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('SCRAM-SHA-256-PLUS', () => {
  beforeEach(() => prisma().loginFailure.deleteMany())

  async function logIn(
    client: WireClient,
    { command }: Door,
    { mechanism = 'SCRAM-SHA-256-PLUS', ...options }: Partial<ScramClientOptions> & { mechanism?: string },
  ): Promise<string> {
    const { username, password } = taro.credential
    const scram = scramClient({ name: username, password, ...options })
    const say = (text: string) => {
      client.send(`${text}\r\n`)
      return client.until(/^[^\r\n]*\r\n/)
    }
    const encoded = (text: string) => Buffer.from(text).toString('base64')
    const first = await say(`${command} ${mechanism} ${encoded(scram.clientFirst)}`)
    if (!isChallenge(first)) return first
    const { clientFinal, serverFinal } = scram.answer(challengeOf(first))
    const last = await say(encoded(clientFinal))
    if (!isChallenge(last)) return last
    assert.equal(challengeOf(last), serverFinal)
    return say('')
  }

  const isChallenge = (line: string) => /^(?:334|\+) /.test(line)
  const challengeOf = (line: string) => Buffer.from(line.replace(/^\S+ /, ''), 'base64').toString()

  const cases = matrix('scram-plus', 'Logins bound to another channel, or stripped of their binding, that got in: none')
  for (const [name, door] of Object.entries(doors)) {
    for (const [type, bindingOf] of Object.entries(bindings)) {
      cases.check(`${name}: a login bound by ${type}`, async () => {
        const client = await door.connect(engine)
        assert.match(await logIn(client, door, { header: `p=${type},,`, binding: bindingOf(client) }), accepted)
        client.close()
        await eventWhere({ kind: 'login', mechanism: 'SCRAM-SHA-256-PLUS' })
      })
    }

    cases.check(`${name}: a login bound to another connection`, async () => {
      const [client, other] = [await door.connect(engine), await door.connect(engine)]
      const binding = bindings['tls-exporter']?.(other)
      assert.match(await logIn(client, door, { header: 'p=tls-exporter,,', binding }), refused)
      for (const wire of [client, other]) wire.close()
      await eventWhere({ reason: 'channelMismatch', mechanism: 'SCRAM-SHA-256-PLUS', mailboxId: taro.id })
    })

    cases.check(`${name}: a binding that was stripped`, async () => {
      const client = await door.connect(engine)
      assert.match(await logIn(client, door, { header: 'p=tls-exporter,,' }), refused)
      client.close()
    })

    cases.check(`${name}: a client from whose list -PLUS was taken`, async () => {
      const client = await door.connect(engine)
      assert.match(await logIn(client, door, { mechanism: 'SCRAM-SHA-256', header: 'y,,' }), refused)
      assert.match(await logIn(client, door, { mechanism: 'SCRAM-SHA-256' }), accepted)
      client.close()
      await eventWhere({ reason: 'channelMismatch', mechanism: 'SCRAM-SHA-256', mailboxId: taro.id })
    })

    for (const header of ['n,,', 'y,,', 'p=tls-unique,,', 'p=,,', 'p=tls-exporter']) {
      cases.check(`${name}: -PLUS that begins with "${header}"`, async () => {
        const client = await door.connect(engine)
        assert.match(await logIn(client, door, { header }), malformed)
        client.close()
      })
    }
  }

  it('is offered inside TLS and nowhere else', async () => {
    const plain = await smtpClient(engine.ports.submission)
    assert.doesNotMatch(await plain.command('EHLO client.example'), /PLUS/)
    plain.close()
    const secure = await submissionClient(engine)
    assert.match(await secure.command('EHLO client.example'), /250-AUTH [^\r\n]* SCRAM-SHA-256-PLUS\r\n/)
    secure.close()
  })
})

/** SASL over every protocol: nobody gets in by a broken exchange, and the session goes on after it. */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import { offerChallengeLogins } from '#tests/support/challenge-logins.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { plainResponse, submissionsClient } from '#tests/support/smtp-talk.ts'
import type { WireClient } from '#tests/support/wire-client.ts'
import { type SaslAttempt, saslAttempts } from './sasl-attempts.ts'

type Protocol = {
  readonly command: string
  readonly challenge: RegExp
  readonly final: RegExp
  readonly answers: Readonly<Record<SaslAttempt['outcome'], RegExp>>
  /** what only those who are logged in may do, and what a stranger hears */
  readonly trespass: readonly [string, RegExp]
  readonly connect: (engine: TestEngine) => Promise<WireClient>
}

const protocols: Record<string, Protocol> = {
  SMTP: {
    command: 'AUTH',
    challenge: /^334 [^\r\n]*\r\n/,
    final: /^[25]\d\d [^\r\n]*\r\n/,
    answers: { refused: /^535 5\.7\.8 /, malformed: /^50[01] 5\.(?:5\.[26]|7\.0) /, notOffered: /^504 5\.5\.4 / },
    trespass: ['MAIL FROM:<taro@infonia.ne.jp>', /^530 5\.7\.0 /],
    connect: submissionsClient,
  },
  POP3: {
    command: 'AUTH',
    challenge: /^\+ [^\r\n]*\r\n/,
    final: /^(?:\+OK|-ERR)[^\r\n]*\r\n/,
    answers: { refused: /^-ERR \[AUTH\] /, malformed: /^-ERR (?!\[)/, notOffered: /^-ERR .*not offered/ },
    trespass: ['STAT', /^-ERR Log in first/],
    connect: async (engine) => (await Pop3Client.connect(engine)).wire,
  },
  IMAP: {
    command: 'a AUTHENTICATE',
    challenge: /^\+ [^\r\n]*\r\n/,
    final: /^a [^\r\n]*\r\n/,
    answers: { refused: /^a NO \[AUTHENTICATIONFAILED\] /, malformed: /^a BAD /, notOffered: /^a NO \[CANNOT\] / },
    trespass: ['b SELECT INBOX', /^b BAD /],
    connect: async (engine) => (await ImapClient.connect(engine)).wire,
  },
}

const engine = await startEngine({ policy: offerChallengeLogins })
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('SASL under abuse', () => {
  async function attempt(client: WireClient, protocol: Protocol, { mechanism, initial, responses = [] }: SaslAttempt) {
    client.send([protocol.command, mechanism, initial].filter(Boolean).join(' ').concat('\r\n'))
    const next = new RegExp(`${protocol.challenge.source}|${protocol.final.source}`)
    let answer = await client.until(next)
    for (const response of responses) {
      if (!protocol.challenge.test(answer)) break
      client.send(`${response}\r\n`)
      answer = await client.until(next)
    }
    return answer
  }

  const cases = matrix('sasl', 'Broken logins that let somebody in or ended the session: none')
  for (const [door, protocol] of Object.entries(protocols)) {
    for (const [index, { title }] of saslAttempts('').entries()) {
      cases.check(`${door}: ${title}`, async () => {
        const wrong = saslAttempts(taro.credential.password)[index]
        assert.ok(wrong)
        const client = await protocol.connect(engine)
        assert.match(await attempt(client, protocol, wrong), protocol.answers[wrong.outcome])
        const [command, stranger] = protocol.trespass
        client.send(`${command}\r\n`)
        assert.match(await client.until(/\r\n/), stranger)
        const right = plainResponse(taro.login, taro.credential.password)
        const answer = await attempt(client, protocol, {
          title,
          mechanism: 'PLAIN',
          responses: [right],
          outcome: 'refused',
        })
        assert.match(answer, /^(?:235|\+OK|a OK) /)
        client.close()
      })
    }

    cases.check(`${door}: a response that ends with LF alone`, async () => {
      const client = await protocol.connect(engine)
      client.send(`${protocol.command} PLAIN\r\n`)
      await client.until(protocol.challenge)
      client.send(`${plainResponse(taro.login, taro.credential.password)}\n`)
      assert.match(await client.until(/\r\n/), protocol.answers.malformed)
      client.close()
    })

    cases.check(`${door}: exchanges that stop halfway disturb no other`, async () => {
      const halfway = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const client = await protocol.connect(engine)
          client.send(`${protocol.command} LOGIN\r\n`)
          await client.until(protocol.challenge)
          return client
        }),
      )
      const client = await protocol.connect(engine)
      const right = plainResponse(taro.login, taro.credential.password)
      client.send(`${protocol.command} PLAIN\r\n`)
      await client.until(protocol.challenge)
      for (const other of halfway) other.vanish()
      client.send(`${right}\r\n`)
      assert.match(await client.until(/\r\n/), /^(?:235|\+OK|a OK) /)
      client.close()
    })
  }

  cases.check('SMTP: a second login, and one in the middle of a message', async () => {
    const client = await submissionsClient(engine)
    const login = `AUTH PLAIN ${plainResponse(taro.login, taro.credential.password)}`
    assert.match(await client.command(login), /^235 /)
    assert.match(await client.command(login), /^503 /)
    await client.command(`MAIL FROM:<${taro.address}>`)
    assert.match(await client.command(login), /^503 /)
    client.close()
  })
})

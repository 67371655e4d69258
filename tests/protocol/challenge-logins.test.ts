/** CRAM-MD5 and APOP: for those who asked for it, where the policy takes it, and for nobody else. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { issueCredential, listCredentials, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import {
  apopDigest,
  cramResponse,
  issueRecoverable,
  offerChallengeLogins,
  stampOf,
} from '#tests/support/challenge-logins.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { changePolicy } from '#tests/support/people.ts'
import { submissionsClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const doors = {
  SMTP: { command: 'AUTH CRAM-MD5', accepted: /^235 /, refused: /^535 5\.7\.8 /, connect: submissionsClient },
  POP3: { command: 'AUTH CRAM-MD5', accepted: /^\+OK /, refused: /^-ERR \[AUTH\] /, connect: pop3Greeted },
  IMAP: {
    command: 'a AUTHENTICATE CRAM-MD5',
    accepted: /^a OK /,
    refused: /^a NO \[AUTHENTICATIONFAILED\] /,
    connect: async (engine: TestEngine) => (await ImapClient.connect(engine)).wire,
  },
} as const

async function pop3Greeted(engine: TestEngine): Promise<WireClient> {
  return (await greetedByPop3(engine)).wire
}

async function greetedByPop3(engine: TestEngine): Promise<{ wire: WireClient; stamp: string }> {
  const wire = await WireClient.connectTls({ port: engine.ports.pop3s }, engine.authorityFile)
  return { wire, stamp: stampOf(await wire.until(/\r\n/)) }
}

const engine = await startEngine({ policy: offerChallengeLogins })
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const kept = await issueRecoverable(taro)

describe('CRAM-MD5 and APOP', () => {
  beforeEach(() => prisma().loginFailure.deleteMany())

  async function byCram(door: keyof typeof doors, name: string, password: string): Promise<string> {
    const { command, connect } = doors[door]
    const wire = await connect(engine)
    const challenge = await challengeOf(wire, command)
    wire.send(`${cramResponse(name, password, challenge)}\r\n`)
    const answer = await wire.until(/(?:^|\r\n)(?:\d{3}|\+OK|-ERR|a) [^\r\n]*\r\n$/)
    wire.close()
    return answer
  }

  async function challengeOf(wire: WireClient, command: string): Promise<string> {
    wire.send(`${command}\r\n`)
    return (await wire.until(/^(?:334|\+) [^\r\n]*\r\n/)).trimEnd().replace(/^(?:334|\+) /, '')
  }

  async function byApop(name: string, password: string): Promise<string> {
    const { wire, stamp } = await greetedByPop3(engine)
    wire.send(`APOP ${name} ${apopDigest(stamp, password)}\r\n`)
    const answer = await wire.until(/\r\n/)
    wire.close()
    return answer
  }

  for (const [door, { accepted, refused }] of Object.entries(doors) as [
    keyof typeof doors,
    (typeof doors)[keyof typeof doors],
  ][]) {
    it(`${door} takes CRAM-MD5 by every name that stands for the credential`, async () => {
      const bare = kept.password.replaceAll('-', '')
      assert.match(await byCram(door, kept.username, kept.password), accepted)
      assert.match(await byCram(door, taro.address, kept.password), accepted)
      assert.match(await byCram(door, taro.login, bare), accepted)
    })

    it(`${door} answers a credential that did not ask for it, and a wrong password, as it does an unknown name`, async () => {
      const { username, password } = taro.credential
      const answers = [
        await byCram(door, username, password),
        await byCram(door, 'nobody', password),
        await byCram(door, kept.username, 'wrong'),
        await byCram(door, kept.username, ''),
      ]
      for (const answer of answers) assert.match(answer, refused)
      assert.equal(new Set(answers).size, 1)
    })
  }

  it('APOP opens the mailbox, and tells nobody why it does not', async () => {
    assert.match(await byApop(kept.username, kept.password), /^\+OK 0 messages/)
    assert.match(await byApop(taro.login, kept.password.replaceAll('-', '')), /^\+OK 0 messages/)
    const { username, password } = taro.credential
    const answers = [
      await byApop(username, password),
      await byApop('nobody', password),
      await byApop(kept.username, 'wrong'),
    ]
    for (const answer of answers) assert.match(answer, /^-ERR \[AUTH\] User name or password is not right/)
    assert.equal(new Set(answers).size, 1)
  })

  it('the owner learns that the password was not issued for it', async () => {
    const { username, password } = taro.credential
    await byApop(username, password)
    const apop = await eventWhere({ reason: 'secretNotRecoverable', mechanism: 'APOP', mailboxId: taro.id })
    assert.equal(apop.loginName, username)
    await byCram('SMTP', username, password)
    await eventWhere({ reason: 'secretNotRecoverable', mechanism: 'CRAM-MD5', mailboxId: taro.id })
  })

  it('keeps a password only while its credential is in use, and nowhere in clear', async () => {
    const credential = await issueRecoverable(taro)
    const stored = () => prisma().credential.findUniqueOrThrow({ where: { id: credential.id } })
    const { sealedKey, sealedSecret } = await stored()
    assert.ok(sealedKey !== null && sealedSecret !== null)
    assert.ok(!Buffer.from(sealedSecret).includes(credential.password))
    const listed = await listCredentials(taro.actor, taro.id)
    assert.equal(listed.find(({ id }) => id === credential.id)?.isRecoverable, true)
    assert.equal(listed.find(({ id }) => id === taro.credential.id)?.isRecoverable, false)
    await revokeCredential(taro.actor, { credentialId: credential.id })
    const after = await stored()
    assert.deepEqual([after.sealedKey, after.sealedSecret], [null, null])
    assert.match(await byCram('SMTP', credential.username, credential.password), /^535 /)
    await eventWhere({ reason: 'credentialRevoked', mechanism: 'CRAM-MD5', mailboxId: taro.id })
  })

  it('an envelope that was moved to another credential does not open there', async () => {
    const [from, to] = [await issueRecoverable(taro), await issueRecoverable(taro)]
    const { sealedKey, sealedSecret } = await prisma().credential.findUniqueOrThrow({ where: { id: from.id } })
    await prisma().credential.update({ where: { id: to.id }, data: { sealedKey, sealedSecret } })
    assert.match(await byApop(to.username, from.password), /^-ERR \[AUTH\] /)
    assert.match(await byApop(to.username, to.password), /^-ERR \[AUTH\] /)
    assert.match(await byApop(from.username, from.password), /^\+OK /)
  })

  it('its guesses are counted as any others', async () => {
    await byApop(kept.username, 'one guess')
    await byCram('IMAP', kept.username, 'another')
    assert.equal(await prisma().loginFailure.count({ where: { account: `mailbox:${taro.id}` } }), 2)
  })

  const hostile = matrix('challenge-logins', 'Broken CRAM-MD5 and APOP that let somebody in or ended the session: none')
  for (const [door, { command, refused, connect }] of Object.entries(doors)) {
    hostile.check(`${door}: a CRAM-MD5 answer that is replayed on another connection`, async () => {
      const listening = await connect(engine)
      const overheard = cramResponse(kept.username, kept.password, await challengeOf(listening, command))
      listening.close()
      const wire = await connect(engine)
      await challengeOf(wire, command)
      wire.send(`${overheard}\r\n`)
      assert.match(await wire.until(/\r\n/), refused)
      wire.close()
    })
  }

  const digestOf = (stamp: string) => apopDigest(stamp, kept.password)
  const apopAttempts: Readonly<Record<string, (stamp: string) => string>> = {
    'nothing at all': () => 'APOP',
    'a name without a digest': () => 'APOP taro',
    'a digest without a name': (stamp) => `APOP ${digestOf(stamp)}`,
    'a digest of 31 digits': (stamp) => `APOP taro ${digestOf(stamp).slice(1)}`,
    'a digest of 33 digits': (stamp) => `APOP taro ${digestOf(stamp)}0`,
    'a digest in upper case': (stamp) => `APOP taro ${digestOf(stamp).toUpperCase().replaceAll('0', 'A')}`,
    'a digest that is none': () => `APOP taro ${'g'.repeat(32)}`,
    'a digest of another stamp': (stamp) => `APOP taro ${digestOf(`${stamp}x`)}`,
    'a name that no mailbox has': (stamp) => `APOP nobody ${digestOf(stamp)}`,
    'a name with a NUL': (stamp) => `APOP ta\0ro ${digestOf(stamp)}`,
    'APOP as a SASL mechanism': () => `AUTH APOP ${Buffer.from(`\0taro\0${kept.password}`).toString('base64')}`,
  }
  for (const [title, attempt] of Object.entries(apopAttempts)) {
    hostile.check(`APOP with ${title}`, async () => {
      const { wire, stamp } = await greetedByPop3(engine)
      wire.send(`${attempt(stamp)}\r\n`)
      assert.match(await wire.until(/\r\n/), /^-ERR /)
      wire.send('STAT\r\n')
      assert.match(await wire.until(/\r\n/), /^-ERR Log in first/)
      wire.send(`APOP taro ${digestOf(stamp)}\r\n`)
      assert.match(await wire.until(/\r\n/), /^\+OK 0 messages/)
      wire.close()
    })
  }

  it('offers neither before TLS where the policy asks for it', async () => {
    const wire = await WireClient.connect({ port: engine.ports.pop3 })
    assert.equal(stampOf(await wire.until(/\r\n/)), '')
    wire.send('APOP taro c4c9334bac560ecc979e58001b3e22fb\r\n')
    assert.match(await wire.until(/\r\n/), /^-ERR APOP is not offered here/)
    wire.close()
  })

  it('offers each where the policy says so, and takes no credential for it where none does', async () => {
    const greeting = await greetedByPop3(engine)
    assert.notEqual(greeting.stamp, (await greetedByPop3(engine)).stamp)
    greeting.wire.send('CAPA\r\n')
    assert.match(
      await greeting.wire.until(/\r\n\.\r\n/),
      /\r\nSASL PLAIN LOGIN SCRAM-SHA-256 CRAM-MD5 SCRAM-SHA-256-PLUS\r\n/,
    )
    greeting.wire.close()

    await changePolicy(engine.operator, ({ listeners }) => {
      listeners.pop3.requireTls = false
      for (const rules of Object.values(listeners)) {
        if ('mechanisms' in rules) rules.mechanisms = ['PLAIN']
      }
      listeners.pop3.mechanisms = ['APOP']
    })
    await eventually(async () => {
      const { wire, stamp } = await greetedByPop3(engine)
      wire.close()
      assert.equal(stamp, '')
    })
    const plain = await WireClient.connect({ port: engine.ports.pop3 })
    const stamp = stampOf(await plain.until(/\r\n/))
    plain.send(`APOP ${kept.username} ${apopDigest(stamp, kept.password)}\r\n`)
    assert.match(await plain.until(/\r\n/), /^\+OK 0 messages/)
    plain.close()
    assert.match(await (await submissionsClient(engine)).command('AUTH CRAM-MD5'), /^504 5\.5\.4 /)

    await changePolicy(engine.operator, ({ listeners }) => {
      listeners.pop3.mechanisms = ['PLAIN']
    })
    const input = { mailboxId: taro.id, label: 'x', clientId: null, scopes: ['pop' as const], expiresAt: null }
    await assert.rejects(issueCredential(taro.actor, { ...input, isRecoverable: true }), { code: 'conflict' })
  })
})

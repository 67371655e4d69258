import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestCredential } from '#tests/support/mailbox.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { plainResponse, smtpClient } from '#tests/support/smtp-talk.ts'

const wrong = /^-ERR \[AUTH\] User name or password is not right/
const later = /^-ERR \[SYS\/TEMP\] Too many wrong passwords, try again in (\d+ minutes|a minute)\. See \S+\/g\/L2/
const entered = /^\+OK \d+ messages/

/** Each test has networks of its own: 127.n.x.y. */
const engine = await startEngine({
  workers: 2,
  policy: ({ listeners }) => {
    for (const name of ['pop3', 'imap', 'submission'] as const) listeners[name].requireTls = false
  },
})
after(() => engine.stop())

describe('guessing passwords', () => {
  async function pop(address: string, name: string, password: string): Promise<string> {
    const client = await Pop3Client.connectPlainly(engine, address)
    await client.ask(`USER ${name}`)
    const answer = await client.ask(`PASS ${password}`)
    if (answer.startsWith('+OK')) await client.quit()
    else client.close()
    return answer
  }

  async function smtp(address: string, name: string, password: string): Promise<string> {
    const client = await smtpClient(engine.ports.submission, address)
    const answer = await client.command(`AUTH PLAIN ${plainResponse(name, password)}`)
    client.close()
    return answer
  }

  async function imap(address: string, name: string, password: string): Promise<string> {
    const client = await ImapClient.connectPlainly(engine, address)
    const answer = await client.ask(`LOGIN ${name} ${password}`)
    client.wire.close()
    return answer
  }

  async function guess(address: string, name: string, count: number, expected = wrong): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      assert.match(await pop(address, name, `guess-${address}-${index}`), expected, `guess ${index + 1}`)
    }
  }

  const right = ({ username, password }: TestCredential, address: string) => pop(address, username, password)

  /** Noted behind the login's back. */
  async function isKnownIn(network: string, { id }: TestCredential): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await prisma().knownDevice.count({ where: { network, device: id } })) > 0) return
      await delay(50)
    }
    assert.fail(`not known in ${network}`)
  }

  it('is counted by one service for all doors', async () => {
    const { login, id, credential } = await engine.addMailbox('taro')
    await guess('127.1.1.1', login, 20)
    const words = /Too many wrong passwords, try again in \d+ minutes\. See \S+\/g\/L2/
    for (const password of ['guess-21', credential.password]) {
      assert.match(await smtp('127.1.1.1', login, password), new RegExp(`^454 4\\.7\\.0 ${words.source}\r\n$`))
      assert.match(await imap('127.1.1.1', login, password), new RegExp(`^tag NO \\[UNAVAILABLE\\] ${words.source}`))
      assert.match(await pop('127.1.1.1', login, password), later)
    }
    const { admitSignIn } = await import('#lib/auth/sign-in-protection.ts')
    const unknownBrowser = { recall: async () => null, keep: async () => {} }
    assert.equal((await admitSignIn(login, 'x', '127.1.1.1', unknownBrowser)).outcome, 'tooMany')
    assert.equal((await admitSignIn(login, 'x', '127.1.2.1', unknownBrowser)).outcome, 'admitted')
    for (const listener of ['submission', 'imap', 'pop3']) {
      const event = await eventWhere({ reason: 'tooManyLogins', mailboxId: id, listener })
      assert.deepEqual([event.kind, event.address, event.loginName], ['refusal', '127.1.1.1', login])
    }
    assert.match(await right(credential, '127.1.2.1'), entered)
  })

  it('never locks out a known device', async () => {
    const { login, credential } = await engine.addMailbox('hana')
    assert.match(await right(credential, '127.2.1.1'), entered)
    await isKnownIn('127.2.1.0/24', credential)
    await guess('127.2.2.1', login, 19)
    await guess('127.2.3.1', login, 19)
    await guess('127.2.4.1', login, 12)
    assert.match(await right(credential, '127.2.5.1'), later)
    for (const address of ['127.2.1.1', '127.2.1.99']) assert.match(await right(credential, address), entered)
    await guess('127.2.1.1', login, 20, later)
    for (const name of [login, 'nobody']) assert.match(await pop('127.2.1.1', name, 'one-more'), later)
    assert.match(await right(credential, '127.2.1.1'), entered)
    assert.match(await smtp('127.2.1.1', credential.username, credential.password), /^235 /)
    assert.match(await imap('127.2.1.1', credential.username, credential.password), /^tag OK /)
  })

  it('stops a new device only by what came from its own address, where the mailbox is known', async () => {
    const { login, id, credential, actor } = await engine.addMailbox('kiku')
    assert.match(await right(credential, '127.9.1.1'), entered)
    await isKnownIn('127.9.1.0/24', credential)
    for (const host of [2, 3]) await guess(`127.9.1.${host}`, login, 20)
    await guess('127.9.1.4', login, 10)
    for (let index = 10; index < 20; index += 1) {
      assert.match(await pop('127.9.1.4', login, `guess-${index}`), later)
    }
    const { issueCredential } = await import('#lib/accounts/index.ts')
    const input = { mailboxId: id, label: 'new', clientId: null, scopes: ['pop' as const], expiresAt: null }
    const { password } = await issueCredential(actor, input)
    assert.match(await pop('127.9.2.1', login, password), later)
    assert.match(await pop('127.9.1.4', login, password), later)
    for (const name of [login, 'nobody']) assert.match(await pop('127.9.1.5', name, 'wrong'), later, 'tells nothing')
    assert.match(await pop('127.9.1.5', login, password), entered)
  })

  it('is seen in SCRAM proofs too', async () => {
    const { login, credential } = await engine.addMailbox('haru')
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const prove = async () => {
      const client = await smtpClient(engine.ports.submission, '127.10.1.1')
      await client.command(`AUTH SCRAM-SHA-256 ${base64(`n,,n=${login},r=abc`)}`)
      const answer = await client.command(base64('c=biws,r=other,p=AAAA'))
      client.close()
      return answer
    }
    for (let index = 0; index < 20; index += 1) assert.match(await prove(), /^535 /)
    assert.match(await prove(), /^454 4\.7\.0 /)
    assert.match(await right(credential, '127.10.1.1'), later)
  })

  it('is not what a misconfigured client does, however often', async () => {
    const { login, credential } = await engine.addMailbox('jiro')
    for (let index = 0; index < 30; index += 1) assert.match(await pop('127.3.1.1', login, 'old-password'), wrong)
    assert.match(await right(credential, '127.3.1.1'), entered)
  })

  it('is over when its window is', async () => {
    const { login, credential } = await engine.addMailbox('saburo')
    await guess('127.4.1.1', login, 20)
    assert.match(await right(credential, '127.4.1.1'), later)
    await prisma().$executeRaw`
      UPDATE login_failures SET at = at - interval '10 minutes' WHERE address = '127.4.1.1'::inet`
    assert.match(await right(credential, '127.4.1.1'), entered)
  })

  it('spreads over a network in vain', async () => {
    const { login, credential } = await engine.addMailbox('shiro')
    for (const host of [1, 2, 3]) await guess(`127.5.1.${host}`, `${login}${host}`, 19)
    await guess('127.5.1.4', login, 3)
    assert.match(await right(credential, '127.5.1.5'), later)
    assert.match(await right(credential, '127.5.2.5'), entered)
  })

  it('tells nothing of who exists', async () => {
    const { login, credential } = await engine.addMailbox('goro')
    const answers: string[][] = []
    for (const [name, address] of [
      [login, '127.6.1.1'],
      [credential.username, '127.6.2.1'],
      ['nobody', '127.6.3.1'],
      ['no one at all', '127.6.4.1'],
    ] as const) {
      const heard: string[] = []
      for (let index = 0; index < 22; index += 1) {
        heard.push((await pop(address, name, `guess-${index}`)).replace(/\d+ minutes/, 'some minutes'))
      }
      answers.push(heard)
    }
    for (const heard of answers) assert.deepEqual(heard, answers[0])
    const kept = await prisma().loginFailure.findMany({ where: { address: { in: ['127.6.1.1', '127.6.3.1'] } } })
    assert.equal(kept.length, 40)
    assert.doesNotMatch(JSON.stringify(kept.map(({ account }) => account)), /nobody/)
  })

  it('forgets what a revoked password was known by', async () => {
    const { credential, actor } = await engine.addMailbox('rokuro')
    assert.match(await right(credential, '127.7.1.1'), entered)
    await isKnownIn('127.7.1.0/24', credential)
    const { revokeCredential } = await import('#lib/accounts/index.ts')
    await revokeCredential(actor, { credentialId: credential.id })
    assert.equal(await prisma().knownDevice.count({ where: { device: credential.id } }), 0)
  })

  it('is remembered by all workers, and by those that come after them', async () => {
    const { login } = await engine.addMailbox('nanako')
    const workers = [...engine.workers]
    const kill = async (worker: (typeof workers)[number] | undefined) => {
      worker?.kill('SIGKILL')
      if (worker) await once(worker, 'exit')
    }
    await guess('127.8.1.1', login, 10)
    await kill(workers[0])
    for (let index = 10; index < 20; index += 1) {
      assert.match(await pop('127.8.1.1', login, `guess-${index}`), wrong)
    }
    assert.match(await pop('127.8.1.1', login, 'guess-20'), later)
    await kill(workers[1])
    await engine.restart()
    for (let index = 21; index < 30; index += 1) {
      assert.match(await pop('127.8.1.1', login, `guess-${index}`), later)
    }
  })
})

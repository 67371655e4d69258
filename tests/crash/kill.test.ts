/**
 * What was acknowledged is there, whatever is killed: twenty times a worker, and then all at once, database included.
 *
 * The oracle is the clients' own ledger: every message that was answered with 250, with the SHA-256 of its text. A
 * message that was in flight at a kill may be there or not, but never twice and never in part.
 */
import assert from 'node:assert/strict'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { descendantsOf, killAtOnce } from '#tests/support/processes.ts'
import { type RunningService, startService } from '#tests/support/service.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const KILLS_OF_WORKERS = 20
const KILLS_OF_ALL = 4
const SENDERS = 6

const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex')

describe('mail survives kill -9', () => {
  let service: RunningService
  /** by message id: the hash of what was sent */
  const acknowledged = new Map<string, string>()
  const attempted = new Map<string, string>()
  let isSending = true

  before(async () => {
    service = await startService()
  })
  after(async () => {
    await service.stop()
    rmSync(service.dataDirectory, { recursive: true, force: true })
  })

  function recipient() {
    const account = service.accounts.find(({ role }) => role === 'subscriber')
    const [credential] = account?.credentials ?? []
    assert.ok(account?.mailbox && credential)
    return { address: account.mailbox, ...credential }
  }

  async function sendOne(client: WireClient): Promise<void> {
    const id = randomBytes(12).toString('hex')
    const text = `Subject: ${id}\r\n\r\n${randomBytes(randomInt(10, 6_000)).toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`
    attempted.set(id, sha256(text))
    for (const line of ['MAIL FROM:<sender@example.com>', `RCPT TO:<${recipient().address}>`, 'DATA']) {
      const answer = await client.command(line)
      if (!/^[23]/.test(answer)) throw new Error(answer)
    }
    client.send(`${text}.\r\n`)
    if ((await client.reply()).startsWith('250')) acknowledged.set(id, sha256(text))
  }

  /** Sends until told to stop; a connection that breaks is a kill, and the next one is tried a moment later. */
  async function keepSending(): Promise<void> {
    while (isSending) {
      let client: WireClient | null = null
      try {
        client = await WireClient.connect({ port: service.addresses.mx.port })
        await client.reply()
        await client.command('EHLO sender.example')
        while (isSending) await sendOne(client)
      } catch {
        await delay(20)
      } finally {
        client?.close()
      }
    }
  }

  async function within(tries: number, holds: () => boolean): Promise<void> {
    for (let count = 0; count < tries; count += 1) {
      if (holds()) return
      await delay(50)
    }
    assert.fail('the service did not come back')
  }

  function moreAcknowledged(count: number): Promise<void> {
    const before = acknowledged.size
    return within(1_200, () => acknowledged.size >= before + count)
  }

  const workers = () => descendantsOf(service.processId).filter(({ command }) => command.includes('engine/main.ts'))

  async function killWorker(): Promise<void> {
    const running = await within(1_200, () => workers().length > 0).then(workers)
    const victim = running[randomInt(running.length)]
    assert.ok(victim)
    killAtOnce([victim.processId])
    await moreAcknowledged(20)
  }

  async function killEverything(): Promise<void> {
    killAtOnce([service.processId, ...descendantsOf(service.processId).map(({ processId }) => processId)])
    const { dataDirectory } = service
    service = await startService({ dataDirectory })
    await moreAcknowledged(50)
  }

  /** Everything in the mailbox, as its owner gets it by POP3. */
  async function readMailbox(): Promise<{ uidl: string; id: string; hash: string }[]> {
    const { username, password } = recipient()
    const client = await WireClient.connectTls({ port: service.addresses.pop3s.port }, service.authorityFile)
    const ask = async (line: string, end: RegExp) => {
      client.send(`${line}\r\n`)
      return client.until(end)
    }
    await client.until(/\r\n/)
    await ask(`USER ${username}`, /^\+OK.*\r\n/)
    await ask(`PASS ${password}`, /^\+OK.*\r\n/)
    const listing = await ask('UIDL', /\r\n\.\r\n/)
    const found = []
    for (const [, number, uidl] of listing.matchAll(/^(\d+) (\S+)\r$/gm)) {
      const message = await ask(`RETR ${number}`, /\r\n\.\r\n/)
      const text = message.slice(message.indexOf('Subject: '), -3).replace(/\r\n\.\./g, '\r\n.')
      found.push({ uidl: uidl ?? '', id: /^Subject: (\w+)/.exec(text)?.[1] ?? '', hash: sha256(text) })
    }
    await ask('QUIT', /^\+OK.*\r\n/)
    return found
  }

  it(`loses nothing in ${KILLS_OF_WORKERS} kills of a worker and ${KILLS_OF_ALL} of everything`, async (context) => {
    const senders = Array.from({ length: SENDERS }, keepSending)
    try {
      for (let kill = 0; kill < KILLS_OF_WORKERS; kill += 1) {
        await delay(randomInt(20, 300))
        await killWorker()
      }
      for (let kill = 0; kill < KILLS_OF_ALL; kill += 1) {
        await delay(randomInt(50, 500))
        await killEverything()
      }
    } finally {
      isSending = false
      await Promise.all(senders)
    }

    const found = await readMailbox()
    const hashOf = new Map(found.map(({ id, hash }) => [id, hash]))
    const lost = [...acknowledged.keys()].filter((id) => !hashOf.has(id))
    const altered = found.filter(({ id, hash }) => attempted.get(id) !== hash)
    context.diagnostic(`${acknowledged.size} acknowledged, ${found.length} in the mailbox, ${lost.length} lost`)
    assert.ok(acknowledged.size > 500, `only ${acknowledged.size} messages were sent`)
    assert.deepEqual(lost, [])
    assert.deepEqual(altered, [])
    assert.equal(hashOf.size, found.length, 'a message is there twice')
    assert.equal(new Set(found.map(({ uidl }) => uidl)).size, found.length, 'a UIDL is used twice')
  })
})

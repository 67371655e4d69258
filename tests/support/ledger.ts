/**
 * Senders that keep a ledger, the oracle of every crash test: each message that was answered with 250, with the SHA-256
 * of its text. One that was in flight at the crash may be there or not, but never twice and never in part.
 */
import assert from 'node:assert/strict'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningService } from './service.ts'
import { WireClient } from './wire-client.ts'

export type Found = { readonly uidl: string; readonly id: string; readonly hash: string }

export type Ledger = {
  /** ids of the messages that were answered with 250 */
  readonly acknowledged: ReadonlySet<string>
  /** what was said instead */
  readonly refusals: ReadonlySet<string>
  /** by id: the hash of everything that was sent */
  readonly attempted: ReadonlyMap<string, string>
  /** resolves when so many more are acknowledged; rejects after a minute */
  moreAcknowledged(count: number): Promise<void>
  /** fails unless everything in `ids` is in `found`, whole and once */
  check(ids: ReadonlySet<string>, found: readonly Found[]): void
  stop(): Promise<void>
}

const MESSAGES_PER_CONNECTION = 30

const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex')

/**
 * @param service is asked for anew at every connection: it may have been started again elsewhere
 * @param earlier whose books are gone on with
 */
export function startSenders(count: number, service: () => RunningService, earlier?: Ledger): Ledger {
  const acknowledged = new Set(earlier?.acknowledged)
  const attempted = new Map(earlier?.attempted)
  const refusals = new Set(earlier?.refusals)
  let isSending = true

  async function sendOne(client: WireClient): Promise<void> {
    const id = randomBytes(12).toString('hex')
    const body = randomBytes(randomInt(10, 6_000)).toString('base64').replace(/.{76}/g, '$&\r\n')
    const text = `Subject: ${id}\r\n\r\n${body}\r\n`
    attempted.set(id, sha256(text))
    for (const line of ['MAIL FROM:<sender@example.com>', `RCPT TO:<${recipientOf(service()).address}>`, 'DATA']) {
      const answer = await client.command(line)
      if (!/^[23]/.test(answer)) {
        refusals.add(answer)
        throw new Error(answer)
      }
    }
    client.send(`${text}.\r\n`)
    const answer = await client.reply()
    if (answer.startsWith('250')) acknowledged.add(id)
    else refusals.add(answer)
  }

  /** A connection that breaks is a crash, and the next one is tried a moment later. */
  async function keepSending(): Promise<void> {
    while (isSending) {
      let client: WireClient | null = null
      try {
        client = await WireClient.connect({ port: service().addresses.mx.port })
        await client.reply()
        await client.command('EHLO sender.example')
        for (let count = 0; isSending && count < MESSAGES_PER_CONNECTION; count += 1) await sendOne(client)
      } catch {
        await delay(20)
      } finally {
        client?.close()
      }
    }
  }

  const senders = Array.from({ length: count }, keepSending)
  return {
    acknowledged,
    refusals,
    attempted,
    async moreAcknowledged(more) {
      const before = acknowledged.size
      await within(1_200, () => acknowledged.size >= before + more)
    },
    check(ids, found) {
      const there = new Set(found.map(({ id }) => id))
      assert.deepEqual(
        [...ids].filter((id) => !there.has(id)),
        [],
        'acknowledged messages are lost',
      )
      assert.deepEqual(
        found.filter(({ id, hash }) => attempted.get(id) !== hash),
        [],
        'messages are altered',
      )
      assert.equal(there.size, found.length, 'a message is there twice')
      assert.equal(new Set(found.map(({ uidl }) => uidl)).size, found.length, 'a UIDL is used twice')
    },
    async stop() {
      isSending = false
      await Promise.all(senders)
    },
  }
}

/** Looks again every 50 ms. */
export async function within(tries: number, holds: () => boolean): Promise<void> {
  for (let count = 0; count < tries; count += 1) {
    if (holds()) return
    await delay(50)
  }
  assert.fail('the service did not come back')
}

/** The one to whom all of it goes, with the password of their mail program. */
export function recipientOf(service: RunningService) {
  const account = service.accounts.find(({ role }) => role === 'subscriber')
  const [credential] = account?.credentials ?? []
  assert.ok(account?.mailbox && credential)
  return { address: account.mailbox, ...credential }
}

/** Everything in the mailbox, as its owner gets it by POP3. */
export async function readMailbox(service: RunningService): Promise<Found[]> {
  const { username, password } = recipientOf(service)
  const client = await WireClient.connectTls({ port: service.addresses.pop3s.port }, service.authorityFile)
  const ask = async (line: string, end: RegExp) => {
    client.send(`${line}\r\n`)
    return client.until(end)
  }
  await client.until(/\r\n/)
  await ask(`USER ${username}`, /^\+OK.*\r\n/)
  await ask(`PASS ${password}`, /^\+OK.*\r\n/)
  const listing = await ask('UIDL', /\r\n\.\r\n/)
  const found: Found[] = []
  for (const [, number, uidl] of listing.matchAll(/^(\d+) (\S+)\r$/gm)) {
    const message = await ask(`RETR ${number}`, /\r\n\.\r\n/)
    const text = message.slice(message.indexOf('Subject: '), -3).replace(/\r\n\.\./g, '\r\n.')
    found.push({ uidl: uidl ?? '', id: /^Subject: (\w+)/.exec(text)?.[1] ?? '', hash: sha256(text) })
  }
  await ask('QUIT', /^\+OK.*\r\n/)
  return found
}

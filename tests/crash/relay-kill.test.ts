/**
 * The relay dies at each line of an SMTP transaction, and the database while the outcome is recorded (QUEUE.md, E to H).
 *
 * What the next hop has is the judge: every message arrives; twice only when the relay died between the next hop's 2xx
 * and its record. Leases are ended by moving their time, not by waiting.
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database, Queryable } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { settleClaim } from '#lib/engine/delivery/settle-claim.ts'
import { claimDue } from '#lib/engine/queue/claim.ts'
import { defaultRelayRules } from '#lib/policy/relay-rules.ts'
import { type DeliveryRig, openDeliveryRig, reporting } from '#tests/support/delivery.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { killAtOnce } from '#tests/support/processes.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

describe('a relay that is killed', () => {
  let engine: TestEngine
  let sink: SmtpSink
  let taro: TestMailbox

  before(async () => {
    sink = await startSmtpSink()
    const smartHost = { SMART_HOST: `127.0.0.1:${sink.port}`, SMART_HOST_TLS: 'none' }
    engine = await startEngine({ fsync: 'on', environment: smartHost })
    taro = await engine.addMailbox('taro')
  })
  after(async () => {
    await engine.stop()
    await sink.stop()
  })

  async function restart(): Promise<void> {
    await Promise.all(engine.workers.map((worker) => worker.signalCode ?? once(worker, 'exit')))
    await prisma().queuedRecipient.updateMany({
      where: { leasedUntil: { not: null } },
      data: { leasedUntil: new Date(0) },
    })
    await engine.restart()
  }

  async function untilDelivered(): Promise<void> {
    for (;;) {
      const open = await prisma().queuedRecipient.count({ where: { state: { not: 'DELIVERED' } } })
      if (open === 0) return
      await prisma().queuedRecipient.updateMany({ data: { nextAttemptAt: new Date(0) } })
      await delay(50)
    }
  }

  /** The engine is killed when the sink reads `verb`, before it answers. */
  async function arrivalsAfterKillAt(verb: string, isTaken: boolean): Promise<number> {
    const arrivedBefore = sink.messages.length
    let kills = 0
    sink.behave({
      answer: (command) => {
        if (kills > 0 || !command.startsWith(verb)) return null
        kills += 1
        killAtOnce(engine.workers.flatMap(({ pid }) => pid ?? []))
        return isTaken ? null : ''
      },
    })
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await sendMessage(client, taro.address, 'someone@remote.test'), /^250 /)
    client.close()
    await restart()
    await untilDelivered()
    assert.equal(kills, 1)
    return sink.messages.length - arrivedBefore
  }

  for (const verb of ['EHLO', 'MAIL', 'RCPT', 'DATA', '.']) {
    it(`at ${verb}, unanswered: the message arrives once`, async () => {
      assert.equal(await arrivalsAfterKillAt(verb, false), 1)
    })
  }

  it('after the next hop has taken it, before that is recorded: once more, and not oftener', async () => {
    assert.equal(await arrivalsAfterKillAt('.', true), 2)
  })

  it('left no report to anybody', async () => {
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 0)
  })
})

describe('an outcome that is recorded while the connection breaks', () => {
  let rig: DeliveryRig
  let sender: number

  before(async () => {
    rig = await openDeliveryRig()
    sender = await rig.addMailbox('taro')
  })
  beforeEach(() =>
    rig.accept({
      sender: 'taro@infonia.test',
      owner: { mailboxId: sender },
      listener: 'submission',
      to: ['a@remote.test'],
    }),
  )
  afterEach(async () => {
    await rig.query('DELETE FROM queued_messages')
    await rig.query('DELETE FROM messages')
  })
  after(() => rig.close())

  const refusal = {
    verdict: 'failed',
    remoteHost: 'mx.remote.test',
    tlsVersion: null,
    replyCode: 550,
    enhancedStatus: '5.1.1',
    replyText: 'no such person',
    isReportHandedOver: false,
  } as const

  async function settle(database: Database): Promise<void> {
    const [claim] = claims
    assert.ok(claim)
    const { resolveRecipient } = rig
    const now = () => new Date()
    const parts = { database, rules: () => defaultRelayRules, reporting, resolveRecipient, now, onBounced: () => {} }
    await settleClaim(parts, claim, Buffer.from('Subject: x\r\n\r\n'), [refusal])
  }
  let claims: Awaited<ReturnType<typeof claimDue>> = []
  beforeEach(async () => {
    claims = await claimDue(rig.database, [], 10)
  })

  async function found(): Promise<{ state: string; attempts: number; reports: number }> {
    const [row] = await rig.query<{ state: string; attempts: number; reports: number }>(
      `SELECT (SELECT state FROM queued_recipients) AS state, (SELECT count(*) FROM delivery_attempts) AS attempts,
              (SELECT count(*) FROM messages WHERE mailbox_id = $1) AS reports`,
      [sender],
    )
    assert.ok(row)
    return row
  }

  const endOwnConnection = { name: 'test-end-connection', text: 'SELECT pg_terminate_backend(pg_backend_pid())' }
  const breaking: Pick<Database, 'transaction'> = {
    transaction: <Result>(work: (transaction: Queryable) => Promise<Result>) =>
      rig.database.transaction(async (transaction) => {
        const result = await work(transaction)
        await transaction.query(endOwnConnection, [])
        return result
      }),
  }

  it('before the commit: nothing of it is there, and the next try writes all of it', async () => {
    await assert.rejects(settle({ ...rig.database, ...breaking }))
    assert.deepEqual(await found(), { state: 'WAITING', attempts: 0, reports: 0 })
    await settle(rig.database)
    assert.deepEqual(await found(), { state: 'FAILED', attempts: 1, reports: 1 })
  })

  it('after the commit: the next try changes nothing and sends no second report', async () => {
    await settle(rig.database)
    await settle(rig.database)
    assert.deepEqual(await found(), { state: 'FAILED', attempts: 1, reports: 1 })
  })

  it('by a worker that was only slow: the end that another one has recorded stays', async () => {
    await rig.query(`UPDATE queued_recipients SET state = 'DELIVERED', finished_at = now()`)
    await settle(rig.database)
    assert.deepEqual(await found(), { state: 'DELIVERED', attempts: 0, reports: 0 })
  })
})

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Queryable } from '#lib/db/database.ts'
import { openEventRecorder } from '#lib/engine/events/recorder.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

type Row = {
  kind: string
  mishap: string | null
  detail: string
  transcript: string[]
  mailbox_id: number | null
  session_id: string
}

describe('the event recorder', () => {
  let rig: DeliveryRig
  let mailboxId: number

  before(async () => {
    rig = await openDeliveryRig()
    mailboxId = await rig.addMailbox('taro')
  })
  after(() => rig.close())

  const connection = () => ({
    id: randomUUID() as string,
    listener: { name: 'pop3' as const },
    remoteAddress: '2001:db8::1',
    tls: null,
    serverName: null,
    mishap: null,
  })
  const identityOf = () => ({
    mailboxId,
    credentialId: randomUUID() as string,
    address: 'taro@infonia.test',
    addresses: ['taro@infonia.test'],
    popBeforeSmtp: false,
    hasUtf7Folders: false,
    expiresAt: null,
  })
  const open = (database: Queryable, faults: unknown[] = []) =>
    openEventRecorder({ database, policyVersion: () => 3, onFault: (error) => faults.push(error) })
  const rowsOf = (id: string) =>
    rig.query<Row>('SELECT * FROM protocol_events WHERE session_id = $1::uuid ORDER BY id', [id])

  it('stores each line once, with the event that it led to', async () => {
    const events = open(rig.database)
    const wire = connection()
    const session = events.session(wire)
    session.line('S', '+OK ready')
    session.line('C', 'USER taro')
    session.login({ loginName: 'taro', mechanism: 'PLAIN', identity: null, mailboxId, refusal: null })
    const identity = identityOf()
    session.login({ loginName: 'taro', mechanism: 'PLAIN', identity, mailboxId, refusal: null })
    session.line('C', 'QUIT\r\nS: forged')
    session.ended('closed by QUIT')
    session.ended('twice')
    await events.close()
    const rows = await rowsOf(wire.id)
    assert.deepEqual(
      rows.map(({ kind, detail, transcript }) => [kind, detail, transcript]),
      [
        ['login', 'Signed in', ['S: +OK ready', 'C: USER taro']],
        ['login', 'Signed in', []],
        ['sessionEnded', 'closed by QUIT', ['C: QUIT\\x0d\\x0aS: forged']],
      ],
    )
    assert.equal(rows[2]?.mailbox_id, mailboxId)
  })

  it('keeps of what a stranger is refused no more than some hundred a minute, of a customer all', async () => {
    const events = open(rig.database)
    const refusal = { replyCode: '-ERR', enhancedStatus: null, reason: null, detail: 'no' }
    const [stranger, customer] = [connection(), connection()]
    const [strangers, customers] = [events.session(stranger), events.session(customer)]
    customers.identify(identityOf())
    for (let times = 0; times < 700; times += 1) for (const each of [strangers, customers]) each.refusal(refusal)
    await events.close()
    assert.deepEqual([(await rowsOf(stranger.id)).length, (await rowsOf(customer.id)).length], [600, 700])
  })

  it('reaches the table within a moment, without being closed', async () => {
    const events = open(rig.database)
    const wire = connection()
    const session = events.session(wire)
    session.line('C', 'NOOP')
    session.refusal({ replyCode: '-ERR', enhancedStatus: null, reason: null, detail: 'no' })
    await delay(400)
    assert.equal((await rowsOf(wire.id)).length, 1)
    await events.close()
  })

  it('keeps a session in which nothing was said as a mishap, ten of them a minute for each address', async () => {
    const events = open(rig.database)
    const wire = connection()
    for (let count = 0; count < 50; count += 1) {
      const session = events.session(wire)
      session.line('S', '+OK ready')
      session.ended('the client closed the connection')
    }
    const neighbour = connection()
    events.mishap({ ...neighbour, remoteAddress: '2001:db8:0:1::1' }, 'tlsTooOld')
    await events.close()
    const rows = await rowsOf(wire.id)
    assert.deepEqual(
      rows.map(({ kind, mishap }) => [kind, mishap]),
      Array(10).fill(['mishap', 'leftWithoutWord']),
    )
    assert.deepEqual(
      (await rowsOf(neighbour.id)).map(({ mishap }) => mishap),
      ['tlsTooOld'],
    )
  })

  it('keeps the first and the last lines of a long session', async () => {
    const events = open(rig.database)
    const wire = connection()
    const session = events.session(wire)
    for (let count = 1; count <= 275; count += 1) session.line('C', `RETR ${count}`)
    session.ended('closed')
    await events.close()
    const [row] = await rowsOf(wire.id)
    assert.equal(row?.transcript.length, 101)
    assert.deepEqual(row?.transcript.slice(49, 52), ['C: RETR 50', '(175 lines left out)', 'C: RETR 226'])
    assert.equal(row?.transcript.at(-1), 'C: RETR 275')
  })

  it('waits for a database that is away, and loses nothing meanwhile', async () => {
    let isAway = true
    const faults: unknown[] = []
    const flaky: Queryable = {
      query: async (statement, values) => {
        if (isAway) throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
        return rig.database.query(statement, values)
      },
    }
    const events = open(flaky, faults)
    const wire = connection()
    const session = events.session(wire)
    session.line('C', 'NOOP')
    session.ended('closed')
    await delay(300)
    assert.equal((await rowsOf(wire.id)).length, 0)
    isAway = false
    await delay(1_300)
    assert.equal((await rowsOf(wire.id)).length, 1)
    assert.equal(faults.length, 1)
    assert.equal(events.droppedCount, 0)
    await events.close()
  })

  it('drops and counts what does not fit into its memory', async () => {
    const away: Queryable = { query: () => Promise.reject(new Error('away')) }
    const events = open(away)
    const session = events.session(connection())
    session.identify(identityOf())
    for (let count = 0; count < 10_100; count += 1) {
      session.refusal({ replyCode: '-ERR', enhancedStatus: null, reason: null, detail: 'no' })
    }
    assert.equal(events.droppedCount, 100)
    await events.close()
  })
})

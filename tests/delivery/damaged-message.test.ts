/** Messages whose bytes change while they wait: found before they are sent, held, and everything else goes on. */
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Actor } from '#lib/accounts/actor.ts'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { MessageDamaged } from '#lib/engine/queue/quarantine.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startTestRelay } from '#tests/support/relay.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'

const operator: Actor = { accountId: '0198c000-0000-7000-8000-00000000000a', role: 'OPERATOR', customerId: null }

let rig: DeliveryRig
let sender: number
let sink: SmtpSink
let faults: unknown[]
let relay: Relay | null

before(async () => {
  rig = await openDeliveryRig()
  process.env.DATABASE_URL = rig.url
  sender = await rig.addMailbox('taro')
})
beforeEach(async () => {
  await rig.query('DELETE FROM queued_messages')
  await rig.query('DELETE FROM messages')
  await rig.query('DELETE FROM audit_records')
  sink = await startSmtpSink()
  faults = []
  relay = null
})
afterEach(async () => {
  await relay?.close()
  await sink.stop()
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await rig.close()
})

async function submit(recipient: string): Promise<void> {
  await rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: [recipient],
  })
}

/** One message that is damaged, one that is not; then the relay begins. */
async function relayDamaged(damage: string): Promise<void> {
  await submit('x@damaged.test')
  await rig.query(`UPDATE queued_messages SET content = ${damage}`)
  await submit('x@whole.test')
  relay = startTestRelay(rig, sink.port, { onFault: (error) => faults.push(error) })
  await untilState('x@whole.test', 'DELIVERED')
}

type Row = { id: number; state: string; attempt_count: number; is_damaged: boolean }

function untilState(address: string, state: string): Promise<Row> {
  return eventually(async () => {
    const [row] = await rig.query<Row>(
      `SELECT r.id, r.state, r.attempt_count, m.damaged_at IS NOT NULL AS is_damaged
       FROM queued_recipients r JOIN queued_messages m ON m.id = r.message_id WHERE r.address = $1`,
      [address],
    )
    assert.ok(row?.state === state, `${address} is ${row?.state}`)
    return row
  })
}

const FLIP = 'set_byte(content, 40, get_byte(content, 40) # 1)'
const damages: Readonly<Record<string, string>> = {
  'the first byte': 'set_byte(content, 0, get_byte(content, 0) # 1)',
  'a byte in the middle': FLIP,
  'the last byte': 'set_byte(content, length(content) - 1, get_byte(content, length(content) - 1) # 128)',
  'a missing end': 'substring(content FROM 1 FOR length(content) - 10)',
  'a missing beginning': 'substring(content FROM 11)',
  'more at the end': `content || 'x'::bytea`,
  'another text': `'Subject: other'::bytea`,
  nothing: `''::bytea`,
}

describe('damage to a queued message:', () => {
  const { check } = matrix(
    'damaged-messages',
    'Queued messages with changed bytes that are held, while others are delivered',
  )
  for (const [name, damage] of Object.entries(damages)) {
    check(name, async () => {
      await relayDamaged(damage)
      const row = await untilState('x@damaged.test', 'HELD')
      assert.deepEqual([row.attempt_count, row.is_damaged], [0, true])
      assert.deepEqual(
        sink.messages.map(({ recipients }) => recipients),
        [['RCPT TO:<x@whole.test>']],
      )
      assert.ok(faults.length === 1 && faults[0] instanceof MessageDamaged, 'the log says so, once')
      const [record] = await rig.query<{ action: string }>('SELECT action FROM audit_records')
      assert.equal(record?.action, 'queue.quarantine')
    })
  }
})

test('operators see it; what is restored and released is delivered', async () => {
  await relayDamaged(FLIP)
  const { id } = await untilState('x@damaged.test', 'HELD')
  const { listQueue, listQueueInput } = await import('#lib/delivery/list-queue.ts')
  const page = await listQueue(operator, listQueueInput.parse({}))
  assert.deepEqual([page.damaged, page.recipients[0]?.state], [1, 'damaged'])

  const { releaseDelivery } = await import('#lib/delivery/release-delivery.ts')
  await releaseDelivery(operator, { recipientId: String(id) })
  await untilState('x@damaged.test', 'HELD')
  await rig.query(`UPDATE queued_messages SET content = ${FLIP} WHERE content <> ''`)
  await releaseDelivery(operator, { recipientId: String(id) })
  assert.equal((await untilState('x@damaged.test', 'DELIVERED')).is_damaged, false)
})

test('what is given up is reported to its sender, without the damaged text', async () => {
  await relayDamaged(`'Subject: not what was written'::bytea`)
  const { id } = await untilState('x@damaged.test', 'HELD')
  const { cancelDelivery } = await import('#lib/delivery/cancel-delivery.ts')
  await cancelDelivery(operator, { recipientId: String(id), reason: 'the disk is broken' })
  await untilState('x@damaged.test', 'FAILED')
  const [report] = await rig.query<{ content: Buffer }>('SELECT content FROM bodies ORDER BY id DESC LIMIT 1')
  assert.match(String(report?.content), /\r\nAction: failed\r\nStatus: 5\.3\.0\r\n/)
  assert.doesNotMatch(String(report?.content), /not what was written/)
})

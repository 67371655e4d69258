/** How long the record of what the engine saw is kept. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, it } from 'node:test'
import { purgeEvents } from '#lib/engine/events/purge-events.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

let rig: DeliveryRig
before(async () => {
  rig = await openDeliveryRig()
})
after(() => rig.close())

/** Events of a mailbox, or mishaps, that happened so many hours ago. */
const put = (hours: number, count: number, mishap: string | null) =>
  rig.query(
    `INSERT INTO protocol_events (at, session_id, kind, listener, address, detail, mishap)
     SELECT now() - make_interval(hours => $1), $2::uuid, 'login', 'pop3', '127.0.0.1', '', $3 FROM generate_series(1, $4)`,
    [hours, randomUUID(), mishap, count],
  )

it('a record goes after half a year, a mishap after a day, however many there are', async () => {
  await put(180 * 24 - 1, 1, null)
  await put(180 * 24 + 1, 10_001, null)
  await put(23, 1, 'tlsTooOld')
  await put(25, 2, 'tlsTooOld')
  await purgeEvents(rig.database)
  const left = await rig.query<{ mishap: string | null }>('SELECT mishap FROM protocol_events ORDER BY at')
  assert.deepEqual(
    left.map(({ mishap }) => mishap),
    [null, 'tlsTooOld'],
  )
})

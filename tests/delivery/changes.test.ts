import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openNotifications } from '#lib/db/notifications.ts'
import { type Changes, openChanges } from '#lib/engine/store/changes.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { eventually } from '#tests/support/eventually.ts'

let rig: DeliveryRig
let here: Changes
let there: Changes
let closeThere: () => Promise<void>
before(async () => {
  rig = await openDeliveryRig()
  const onFault = (error: unknown) => assert.fail(String(error))
  here = openChanges({ database: rig.database, notifications: rig.notifications, onFault })
  const notifications = await openNotifications(rig.url)
  there = openChanges({ database: rig.database, notifications, onFault })
  closeThere = () => notifications.close()
  await pause(50)
})
after(async () => {
  await here.close()
  await there.close()
  await closeThere()
  await rig.close()
})

test('watchers here are told at once, watchers in another process soon after, each once', async () => {
  const own: unknown[] = []
  const other: unknown[] = []
  const neighbour: unknown[] = []
  const stop = [
    here.watchMailbox(1, (folder) => own.push(folder)),
    there.watchMailbox(1, (folder) => other.push(folder)),
    there.watchMailbox(2, (folder) => neighbour.push(folder)),
  ]
  here.folderChanged(1, 2)
  assert.deepEqual(own, [2])
  await eventually(() => assert.deepEqual([own, other], [[2], [2]]))
  assert.deepEqual(neighbour, [])
  for (const end of stop) end()
  here.folderChanged(1, 2)
  await pause(50)
  assert.deepEqual([own, other], [[2], [2]])
})

test('many changes travel together, and none of many folders is forgotten', async () => {
  const seen = new Set<number | null>()
  let calls = 0
  const stop = there.watchMailbox(7, (folder) => {
    seen.add(folder)
    calls += 1
  })
  for (let round = 0; round < 5; round += 1)
    for (let folder = 0; folder < 3_000; folder += 1) here.folderChanged(7, folder)
  await eventually(() => assert.equal(seen.size, 3_000))
  assert.equal(calls, 3_000)
  stop()
})

test('after the database was away every watcher is told to look', async () => {
  const told: unknown[] = []
  const stop = there.watchMailbox(5, (folder) => told.push(folder))
  await rig.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
  for (let waited = 0; told.length === 0 && waited < 5_000; waited += 50) await pause(50)
  assert.deepEqual(told, [null])
  stop()
})

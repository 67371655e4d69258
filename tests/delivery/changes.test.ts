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
  let [own, other, neighbour] = [0, 0, 0]
  const stop = [
    here.watchFolder(1, 2, () => {
      own += 1
    }),
    there.watchFolder(1, 2, () => {
      other += 1
    }),
    there.watchFolder(1, 3, () => {
      neighbour += 1
    }),
  ]
  here.folderChanged(1, 2)
  assert.equal(own, 1)
  await eventually(() => assert.deepEqual([own, other], [1, 1]))
  assert.equal(neighbour, 0)
  for (const end of stop) end()
  here.folderChanged(1, 2)
  await pause(50)
  assert.deepEqual([own, other], [1, 1])
})

test('many changes travel together, and none of many folders is forgotten', async () => {
  const seen = new Set<number>()
  let calls = 0
  const stops = Array.from({ length: 3_000 }, (_, folder) =>
    there.watchFolder(7, folder, () => {
      seen.add(folder)
      calls += 1
    }),
  )
  for (let round = 0; round < 5; round += 1)
    for (let folder = 0; folder < 3_000; folder += 1) here.folderChanged(7, folder)
  await eventually(() => assert.equal(seen.size, 3_000))
  assert.equal(calls, 3_000)
  for (const stop of stops) stop()
})

test('after the database was away every watcher is told to look', async () => {
  let told = 0
  const stop = there.watchFolder(5, 5, () => {
    told += 1
  })
  await rig.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  )
  for (let waited = 0; told === 0 && waited < 5_000; waited += 50) await pause(50)
  assert.equal(told, 1)
  stop()
})

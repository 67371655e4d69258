import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { guessOf } from '#lib/attempts/attempt-key.ts'
import { placeOf } from '#lib/attempts/place.ts'
import { purgeAttempts, readHistory, recordFailure, rememberDevice, takeBackFailure } from '#lib/attempts/repository.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

const key = createSecretKey(randomBytes(32))

describe('attempts at rest', () => {
  let rig: DeliveryRig
  before(async () => {
    rig = await openDeliveryRig()
  })
  after(() => rig.close())

  const guess = (account: string, address: string, password: string) =>
    guessOf(key, account, placeOf(address), password)
  const fail = (account: string, address: string, password: string) =>
    recordFailure(rig.database, {
      guess: guess(account, address, password),
      account,
      place: placeOf(address),
    })
  const countsAt = async (account: string, address: string, except?: Buffer) => {
    const { failures } = await readHistory(rig.database, account, placeOf(address), except)
    return Object.fromEntries(Object.entries(failures).map(([name, ages]) => [name, ages.length]))
  }

  it('count the same wrong password from the same place once', async () => {
    assert.equal(await fail('mailbox:1', '192.0.2.1', 'wrong'), true)
    for (let again = 0; again < 5; again += 1) assert.equal(await fail('mailbox:1', '192.0.2.1', 'wrong'), false)
    assert.equal(await fail('mailbox:1', '192.0.2.1', 'other'), true)
    const both = { address: 2, ipv6Network: 0, ipv6Site: 0, ipv4Network: 2, account: 2 }
    assert.deepEqual(await countsAt('mailbox:1', '192.0.2.1'), both)
    assert.deepEqual(await countsAt('mailbox:1', '192.0.2.200'), { ...both, address: 0 })
    assert.deepEqual(await countsAt('mailbox:1', '192.0.3.1'), { ...both, address: 0, ipv4Network: 0 })
    assert.deepEqual(await countsAt('mailbox:2', '192.0.2.1'), { ...both, account: 0 })
    assert.deepEqual(await countsAt('mailbox:1', '192.0.2.1', guess('mailbox:1', '192.0.2.1', 'other')), {
      ...both,
      address: 1,
      ipv4Network: 1,
      account: 1,
    })
  })

  it('are near in IPv6 by /64 and /48', async () => {
    await fail('mailbox:3', '2001:db8:1:1::1', 'a')
    await fail('mailbox:3', '2001:db8:1:1:ffff::2', 'b')
    await fail('mailbox:4', '2001:db8:1:ffff::1', 'c')
    await fail('mailbox:4', '2001:db8:2::1', 'd')
    const counts = { address: 1, ipv6Network: 2, ipv6Site: 3, ipv4Network: 0, account: 2 }
    assert.deepEqual(await countsAt('mailbox:3', '2001:db8:1:1::1'), counts)
    assert.deepEqual(await countsAt('mailbox:9', '2001:db8:1::'), { ...counts, address: 0, ipv6Network: 0, account: 0 })
    assert.deepEqual(await countsAt('mailbox:9', '192.0.9.1'), {
      ...counts,
      address: 0,
      ipv6Network: 0,
      ipv6Site: 0,
      account: 0,
    })
  })

  it('know by which devices an account was used from a network', async () => {
    const history = await readHistory(rig.database, 'mailbox:5', placeOf('198.51.100.1'))
    assert.equal(history.devices.size, 0)
    await rememberDevice(rig.database, history, 'credential-5')
    const known = await readHistory(rig.database, 'mailbox:5', placeOf('198.51.100.99'))
    assert.deepEqual([...known.devices], [['credential-5', true]])
    assert.equal((await readHistory(rig.database, 'mailbox:5', placeOf('198.51.101.1'))).devices.size, 0)
    assert.equal((await readHistory(rig.database, 'mailbox:6', placeOf('198.51.100.1'))).devices.size, 0)
  })

  it('are forgotten after a day, and begin anew', async () => {
    await fail('mailbox:7', '192.0.7.1', 'wrong')
    await rig.query(`UPDATE login_failures SET at = at - interval '25 hours' WHERE account = 'mailbox:7'`)
    assert.equal((await countsAt('mailbox:7', '192.0.7.1')).address, 0)
    assert.equal(await fail('mailbox:7', '192.0.7.1', 'wrong'), true)
    assert.equal((await countsAt('mailbox:7', '192.0.7.1')).address, 1)
    await takeBackFailure(rig.database, guess('mailbox:7', '192.0.7.1', 'wrong'))
    assert.equal((await countsAt('mailbox:7', '192.0.7.1')).address, 0)
  })

  it('are purged, and so are devices that were not seen for a long time', async () => {
    await fail('mailbox:8', '192.0.8.1', 'old')
    await fail('mailbox:8', '192.0.8.2', 'new')
    await rig.query(`UPDATE login_failures SET at = at - interval '25 hours' WHERE address = '192.0.8.1'`)
    for (const address of ['192.0.8.1', '192.0.9.1']) {
      await rememberDevice(rig.database, await readHistory(rig.database, 'mailbox:8', placeOf(address)), 'credential')
    }
    await rig.query(`UPDATE known_devices SET last_seen_at = now() - interval '91 days' WHERE network = '192.0.8.0/24'`)
    assert.equal((await readHistory(rig.database, 'mailbox:8', placeOf('192.0.8.1'))).devices.size, 0)
    await purgeAttempts(rig.database)
    const failures = await rig.query(`SELECT host(address) AS address FROM login_failures WHERE account = 'mailbox:8'`)
    const devices = await rig.query(`SELECT text(network) AS network FROM known_devices WHERE account = 'mailbox:8'`)
    assert.deepEqual([failures, devices], [[{ address: '192.0.8.2' }], [{ network: '192.0.9.0/24' }]])
  })
})

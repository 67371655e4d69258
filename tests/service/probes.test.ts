/** Probes of the services: the real process at a real engine, and what the status page makes of them. */
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { readStatus, type ServiceState } from '#lib/maintenance/read-status.ts'
import { scheduleMaintenance } from '#lib/maintenance/schedule-maintenance.ts'
import { openProbeMailbox } from '#lib/probes/probe-mailbox.ts'
import { type ProbeLogin, probeService } from '#lib/probes/probe-services.ts'
import { forgetOldProbes, recordProbe } from '#lib/probes/record-probe.ts'
import { portEnvironment } from '#lib/service/listening-ports.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'

const engine = await startEngine()
const directory = process.env.DATA_DIR as string
const probes = fork('lib/probes/main.ts', { env: { ...process.env, ...portEnvironment(engine.ports) } })
await once(probes, 'message')
after(async () => {
  probes.kill('SIGTERM')
  if (probes.exitCode === null) await once(probes, 'exit')
  await engine.stop()
})

describe('probes', () => {
  let login: ProbeLogin

  const states = async () => {
    const { services } = await readStatus()
    return Object.fromEntries(services.map(({ service, state }) => [service, state]))
  }
  const all = (state: ServiceState) => ({ receive: state, reading: state, smtp: state, smtpa: state })

  test('find at a healthy engine that everything works', async () => {
    await eventually(async () => assert.deepEqual(await states(), all('working')))
  })

  test('log in with a password of this machine that nobody else can read', async () => {
    login = await openProbeMailbox(directory, siteEnv().domain)
    const file = join(directory, 'keys', 'status-probe.json')
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), login)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(await prisma().credential.count(), 1, 'a start makes no second one')
    await eventually(async () => {
      const logins = await prisma().protocolEvent.findMany({ where: { kind: 'login' }, select: { listener: true } })
      assert.deepEqual([...new Set(logins.map(({ listener }) => listener))].sort(), ['imaps', 'pop3s', 'submissions'])
    })
  })

  test('leave no mail and open no window', async () => {
    assert.equal(await prisma().message.count(), 0)
    assert.equal(await prisma().relayWindow.count(), 0)
  })

  test('make a new password when the old one opens nothing any more', async () => {
    await prisma().credential.updateMany({ data: { revokedAt: new Date() } })
    const next = await openProbeMailbox(directory, siteEnv().domain)
    assert.notEqual(next.password, login.password)
    assert.equal(await probeService('smtpa', '127.0.0.1', engine.ports, next), true)
    assert.equal(await prisma().mailbox.count(), 1)
    login = next
  })

  test('say of a service that refuses, is silent or is not there that it fails', async () => {
    const wrong = { ...login, password: 'wrong' }
    assert.equal(await probeService('reading', '127.0.0.1', engine.ports, wrong), false)
    assert.equal(await probeService('receive', '127.0.0.1', engine.ports, { ...login, address: 'no@one.test' }), false)
    assert.equal(await probeService('smtp', '127.0.0.1', { ...engine.ports, smtp: 1 }, login), false)
  })

  test('are history for ninety days, a bar a day', async () => {
    const database = openDatabase(engine.databaseUrl, 1)
    await recordProbe(database, 'smtp', false)
    const old = new Date(Date.now() - 95 * 86_400_000)
    await prisma().serviceProbe.create({
      data: { service: 'smtp', bucket: old, good: 1, lastAt: old, lastGood: true },
    })
    await forgetOldProbes(database)
    assert.equal(await prisma().serviceProbe.count({ where: { bucket: { lte: old } } }), 0)
    const { services } = await readStatus()
    const smtp = services.find(({ service }) => service === 'smtp')
    assert.equal(smtp?.history.length, 90)
    const today = smtp?.history.at(-1)?.share ?? 0
    assert.ok(today > 0 && today < 1, `one good, one failed: ${today}`)
    assert.equal(smtp?.state, 'failing')
    await database.close()
  })

  test('count nothing against a service that is closed for maintenance', async () => {
    const reason = { ja: '工事', en: 'work' }
    const endsAt = new Date(Date.now() + 3_600_000)
    await scheduleMaintenance(engine.operator, { services: ['receive'], reason, startsAt: null, endsAt })
    assert.equal((await states()).receive, 'maintenance')
    assert.equal((await readStatus()).maintenance[0]?.state, 'running')
  })

  test('that stopped say nothing about now', async () => {
    const { services } = await readStatus(new Date(Date.now() + 600_000))
    assert.deepEqual(
      services.map(({ state }) => state),
      ['maintenance', 'unknown', 'unknown', 'unknown'],
    )
  })
})

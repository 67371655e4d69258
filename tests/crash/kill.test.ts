/**
 * What was acknowledged is there, whatever is killed: a worker many times (KILLS=200 for a long run), and then all at
 * once, database included.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { readMailbox, recipientOf, startSenders, within } from '#tests/support/ledger.ts'
import { matrix } from '#tests/support/matrix.ts'
import { descendantsOf, killAtOnce } from '#tests/support/processes.ts'
import { imapOf, type RunningService, startService } from '#tests/support/service.ts'

const KILLS_OF_WORKERS = Number(process.env.KILLS ?? 20)
const KILLS_OF_ALL = 4
const SENDERS = 6

describe('mail survives kill -9', () => {
  let service: RunningService

  before(async () => {
    service = await startService()
  })
  after(async () => {
    await service.stop()
    rmSync(service.dataDirectory, { recursive: true, force: true })
  })

  const workers = () => descendantsOf(service.processId).filter(({ command }) => command.includes('engine/main.ts'))

  async function killWorker(): Promise<void> {
    await within(1_200, () => workers().length > 0)
    const running = workers()
    const victim = running[randomInt(running.length)]
    assert.ok(victim)
    killAtOnce([victim.processId])
  }

  async function killEverything(): Promise<void> {
    killAtOnce([service.processId, ...descendantsOf(service.processId).map(({ processId }) => processId)])
    service = await startService({ dataDirectory: service.dataDirectory })
  }

  const kills = KILLS_OF_WORKERS + KILLS_OF_ALL
  const { check } = matrix('kill-9', 'Kills under load after which every acknowledged message was there')

  const loseNothing = async (test: TestContext) => {
    const ledger = startSenders(SENDERS, () => service)
    try {
      for (let kill = 0; kill < KILLS_OF_WORKERS; kill += 1) {
        await delay(randomInt(20, 300))
        await killWorker()
        await ledger.moreAcknowledged(20)
      }
      for (let kill = 0; kill < KILLS_OF_ALL; kill += 1) {
        await delay(randomInt(50, 500))
        await killEverything()
        await ledger.moreAcknowledged(50)
      }
    } finally {
      await ledger.stop()
    }
    const found = await readMailbox(service)
    test.diagnostic(`${ledger.acknowledged.size} acknowledged, ${found.length} in the mailbox`)
    ledger.check(ledger.acknowledged, found)
  }

  check(`loses nothing in ${KILLS_OF_WORKERS} kills of a worker and ${KILLS_OF_ALL} of everything`, loseNothing, kills)

  check('a backup that is taken while mail flows has everything that was acknowledged before', async (test) => {
    const ledger = startSenders(SENDERS, () => service)
    await ledger.moreAcknowledged(100)
    const acknowledged = new Set(ledger.acknowledged)
    const backup = `${service.dataDirectory}-backup`
    const environment = { ...process.env, DATABASE_URL: '', DATA_DIR: service.dataDirectory }
    const made = await promisify(execFile)(process.execPath, ['lib/service/backup.ts', backup], { env: environment })
    assert.match(made.stdout, /^Backed up into .*\nThe master key is not in it/)
    await ledger.moreAcknowledged(20)
    await ledger.stop()
    const before = await uidValidityOf(service)

    const keyFile = join(service.dataDirectory, 'keys', 'master.key')
    const revived = await startService({ dataDirectory: backup, environment: { MASTER_KEY_FILE: keyFile } })
    try {
      const found = await readMailbox(revived)
      test.diagnostic(`${acknowledged.size} acknowledged before, ${found.length} in the mailbox of the backup`)
      const sentHere = found.filter(({ id }) => ledger.attempted.has(id))
      ledger.check(acknowledged, sentHere)
      assert.ok((await uidValidityOf(revived)) > before, 'UIDs may be given out once more')
    } finally {
      await revived.stop()
    }
  })

  async function uidValidityOf(running: RunningService): Promise<number> {
    const client = await ImapClient.login(imapOf(running), recipientOf(service))
    const answer = await client.ok('STATUS INBOX (UIDVALIDITY)')
    await client.logout()
    return Number(/UIDVALIDITY (\d+)/.exec(answer)?.[1])
  }
})

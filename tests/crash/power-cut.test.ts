/**
 * A loss of power: what is on the disk at a random instant, and nothing that is only in memory.
 *
 * The service's data lie on a file system in an image file. What its programs have not flushed is not in the image, so a
 * copy of the image is the disk after a power cut. All processes stand still while it is copied; then they go on, and a
 * second service starts on the copy.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Found, type Ledger, readMailbox, startSenders } from '#tests/support/ledger.ts'
import { matrix } from '#tests/support/matrix.ts'
import { descendantsOf, signalAll } from '#tests/support/processes.ts'
import { type RunningService, startService } from '#tests/support/service.ts'

/** CUTS=60 for a long run */
const CUTS = Number(process.env.CUTS ?? 4)
const SENDERS = 4
const IMAGE_MEGABYTES = 1_200

const directory = mkdtempSync(join(tmpdir(), 'mail-power-'))
const place = (name: string) => join(directory, name)

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  assert.equal(status, 0, `${program} ${args.join(' ')}: ${stderr}`)
}

function mount(image: string, point: string): void {
  mkdirSync(place(point), { recursive: true })
  run('mount', ['-o', 'loop', place(image), place(point)])
}

function hasLoopDevices(): boolean {
  try {
    run('truncate', ['-s', `${IMAGE_MEGABYTES}M`, place('disk.img')])
    run('mkfs.ext4', ['-q', '-F', place('disk.img')])
    mount('disk.img', 'disk')
    return true
  } catch {
    rmSync(directory, { recursive: true, force: true })
    return false
  }
}

describe('mail survives a loss of power', {
  skip: hasLoopDevices() ? false : 'this needs root and loop devices',
}, () => {
  let service: RunningService
  let ledger: Ledger | undefined

  before(async () => {
    service = await startService({ dataDirectory: join(place('disk'), 'data') })
  })
  after(async () => {
    await service.stop()
    run('umount', [place('disk')])
    rmSync(directory, { recursive: true, force: true })
  })

  /** @returns what had been acknowledged before the power went */
  function cutPower(acknowledging: Ledger): ReadonlySet<string> {
    const everything = [service.processId, ...descendantsOf(service.processId).map(({ processId }) => processId)]
    signalAll(everything, 'SIGSTOP')
    try {
      const acknowledged = new Set(acknowledging.acknowledged)
      run('cp', ['--sparse=always', '--reflink=never', place('disk.img'), place('copy.img')])
      return acknowledged
    } finally {
      signalAll(everything, 'SIGCONT')
    }
  }

  async function mailboxOnCopy(): Promise<Found[]> {
    mount('copy.img', 'copy')
    try {
      const revived = await startService({ dataDirectory: join(place('copy'), 'data') })
      try {
        return await readMailbox(revived)
      } finally {
        await revived.stop()
      }
    } finally {
      run('umount', [place('copy')])
    }
  }

  const { check } = matrix('power-cut', 'Losses of power under load after which every acknowledged message was there')
  for (let cut = 1; cut <= CUTS; cut += 1) {
    check(
      `cut ${cut} of ${CUTS}: a start on what is on the disk finds everything that was acknowledged`,
      async (test) => {
        const sending = startSenders(SENDERS, () => service, ledger)
        ledger = sending
        await sending.moreAcknowledged(60)
        await delay(randomInt(0, 400))
        const acknowledged = cutPower(sending)
        await sending.stop()
        const found = await mailboxOnCopy()
        test.diagnostic(`${acknowledged.size} acknowledged, ${found.length} in the mailbox`)
        sending.check(acknowledged, found)
      },
    )
  }
})

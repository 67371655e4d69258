/**
 * Disks that fail at the worst moment, and machines that have run out of something: system calls of the database and of
 * the engine that fail, one kind after the other, while mail comes in (FAULTS=10 repeats each). What was acknowledged is
 * there, nobody hears a refusal for good, and nobody has to start anything again.
 */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { type Ledger, readMailbox, startSenders } from '#tests/support/ledger.ts'
import { matrix } from '#tests/support/matrix.ts'
import { descendantsOf } from '#tests/support/processes.ts'
import { imapOf, type RunningService, startService } from '#tests/support/service.ts'
import { canInjectFaults, drawTight, injectFault } from '#tests/support/system-faults.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const REPETITIONS = Number(process.env.FAULTS ?? 1)
const SENDERS = 4
const FAULT_MS = 700
const SLOW_DISK_MS = 1_500
/** more than all workers together have connections to the database */
const WRITERS = 60

describe('mail survives system calls that fail', {
  skip: canInjectFaults ? false : 'this needs root, strace and prlimit',
}, () => {
  let service: RunningService
  let ledger: Ledger

  before(async () => {
    service = await startService()
    ledger = startSenders(SENDERS, () => service)
    await ledger.moreAcknowledged(20)
  })
  after(async () => {
    await ledger.stop()
    await service.stop()
    rmSync(service.dataDirectory, { recursive: true, force: true })
  })

  const processes = (command: RegExp) =>
    descendantsOf(service.processId)
      .filter((each) => command.test(each.command))
      .map(({ processId }) => processId)
  const database = () => processes(/postgres/)
  const workers = () => processes(/engine\/main\.ts/)

  const { check } = matrix('system-faults', 'System calls that failed and cost a message, or stopped the service: none')

  const databaseFaults = [
    'fdatasync:error=EIO:when=1',
    'fdatasync:error=EIO:when=4+3',
    'fsync:error=EIO:when=1+1',
    'pwrite64:error=ENOSPC:when=3+5',
    'pwrite64:error=EIO:when=5+4',
    'pwrite64:error=EINTR:when=1+2',
    'pwritev:error=ENOSPC:when=1+1',
    'ftruncate,fallocate:error=ENOSPC:when=1+1',
    'openat:error=EMFILE:when=2+3',
    'rename,unlink,mkdir:error=EIO:when=1+1',
  ]
  for (const fault of databaseFaults) {
    check(`of the database: ${fault}`, () => survive(fault, database), REPETITIONS)
  }

  const engineFaults = [
    'accept4:error=EMFILE:when=1+2',
    'socket,openat:error=EMFILE:when=1+1',
    'writev:error=EIO:when=9+9',
  ]
  for (const fault of engineFaults) {
    check(`of the engine: ${fault}`, () => survive(fault, workers), REPETITIONS)
  }

  async function survive(fault: string, victims: () => number[]): Promise<void> {
    for (let count = 0; count < REPETITIONS; count += 1) {
      const injected = await injectFault(fault, victims())
      await delay(FAULT_MS)
      await injected.end()
      await recovered()
    }
  }

  const limits = [
    ['fsize', 65_536, database],
    ['nofile', 40, workers],
    ['as', 200_000_000, workers],
  ] as const
  for (const [limit, value, victims] of limits) {
    check(`of what a limit forbids: ${limit}=${value}`, async () => {
      const widen = drawTight(limit, value, victims())
      await delay(FAULT_MS)
      widen()
      await recovered()
    })
  }

  async function recovered(): Promise<void> {
    await ledger.moreAcknowledged(20)
    assert.deepEqual(
      [...ledger.refusals].filter((answer) => !/^4\d\d /.test(answer)),
      [],
    )
  }

  check('of others who write to a disk that is slow, whoever reads or asks notices nothing', async () => {
    const [writer, reader] = service.accounts.filter(({ mailbox }) => mailbox !== null)
    assert.ok(writer && reader)
    const signIn = async ({ credentials: [credential] }: typeof reader) => {
      assert.ok(credential)
      const client = await ImapClient.login(imapOf(service), credential)
      await client.ok('SELECT INBOX')
      return client
    }
    const writers = await Promise.all(Array.from({ length: WRITERS }, () => signIn(writer)))
    const client = await signIn(reader)
    const smtp = await WireClient.connect({ port: service.addresses.mx.port })
    await smtp.reply()
    await smtp.command('EHLO sender.example')
    const slow = await injectFault(`fdatasync,fsync:delay_enter=${SLOW_DISK_MS}000`, database())
    const marking = Promise.allSettled(writers.map((each) => each.ok('UID STORE 1:5 +FLAGS (\\Flagged)')))
    const times: number[] = []
    for (let count = 0; count < 15; count += 1) {
      const began = performance.now()
      await client.ok('STATUS INBOX (MESSAGES UNSEEN)')
      await smtp.command('RSET')
      await smtp.command('MAIL FROM:<a@example.com>')
      assert.match(await smtp.command(`RCPT TO:<${reader.mailbox}>`), /^250 /)
      times.push(performance.now() - began)
      await delay(20)
    }
    await slow.end()
    await marking
    for (const each of [...writers, client]) each.close()
    smtp.close()
    times.sort((one, other) => one - other)
    assert.ok((times[7] ?? 0) < SLOW_DISK_MS / 2, `half of the answers took more than ${times[7]} ms`)
    await recovered()
  })

  check('and all of it is in the mailbox, whole and once', async (test) => {
    await ledger.stop()
    const found = await readMailbox(service)
    test.diagnostic(`${ledger.acknowledged.size} acknowledged, ${found.length} in the mailbox`)
    ledger.check(ledger.acknowledged, found)
  })
})

/**
 * An announcement for very many: how long it takes to settle who gets a letter and to queue them all, and what that costs
 * in processor time and memory. Then some of the letters are written, for the cost of one.
 *
 * Options: --mailboxes 100000, --letters 2000
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { createPutNotice } from '#lib/engine/delivery/put-notice.ts'
import { sendAnnouncementLetters } from '#lib/engine/notices/send-announcement-letters.ts'
import { siteEnv } from '#lib/env/site.ts'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { databaseFromTemplate } from '#tests/support/database-template.ts'
import { processorMs } from './processor-time.ts'

const { values: options } = parseArgs({
  options: { mailboxes: { type: 'string', default: '100000' }, letters: { type: 'string', default: '2000' } },
})
const mailboxes = Number(options.mailboxes)
const letters = Number(options.letters)

/** Five seconds' worth of the highest rate: then the wave waits. */
const LETTERS_AT_ONCE = 500

const directory = mkdtempSync(join(tmpdir(), 'mail-bench-'))
const server = await startEmbeddedDatabase(directory)
const { url } = await databaseFromTemplate(server.adminUrl)
Object.assign(process.env, { DATABASE_URL: url, DATA_DIR: directory, MASTER_KEY: randomBytes(32).toString('base64') })

async function addCrowd(): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO customers (id, contract_number, name, name_kana)
    SELECT gen_random_uuid(), 'W-' || n, 'W', 'W' FROM generate_series(1, ${mailboxes}::int) n`
  await prisma().$executeRaw`
    INSERT INTO portal_accounts (id, login, password_hash, role, customer_id, display_name)
    SELECT gen_random_uuid(), contract_number, '-', 'SUBSCRIBER', id, 'W' FROM customers`
  await prisma().$executeRaw`
    INSERT INTO mailboxes (customer_id, login, domain, address, display_name, scram_salt)
    SELECT id, lower(contract_number), 'infonia.ne.jp', lower(contract_number) || '@infonia.ne.jp', 'W', 'salt' FROM customers`
  await prisma().$executeRaw`
    INSERT INTO folders (mailbox_id, name, uid_validity) SELECT id, 'INBOX', 1 FROM mailboxes`
  await prisma().$executeRawUnsafe('VACUUM ANALYZE')
}

async function measure<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const [ownBefore, databaseBefore, startedAt] = [
    process.cpuUsage(),
    processorMs([server.processId]),
    performance.now(),
  ]
  const result = await work()
  const seconds = (performance.now() - startedAt) / 1_000
  const own = process.cpuUsage(ownBefore)
  const ownMs = (own.user + own.system) / 1_000
  const databaseMs = processorMs([server.processId]) - databaseBefore
  const mebibytes = process.memoryUsage().rss / 1_048_576
  console.log(
    `${what}: ${seconds.toFixed(2)} s; processor ${Math.round(ownMs)} ms here + ${databaseMs} ms in the database; ` +
      `${Math.round(mebibytes)} MiB resident, heap ${Math.round(process.memoryUsage().heapUsed / 1_048_576)} MiB`,
  )
  return result
}

try {
  const { addOperator } = await import('#tests/support/people.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const { countAudience } = await import('#lib/announcements/audience.ts')
  const { planWave } = await import('#lib/announcements/plan-wave.ts')
  const operator = await addOperator()
  await addCrowd()
  const announcementId = await addPublicAnnouncement()
  await measure('nothing yet', async () => {})
  const audience = { audience: 'noLoginOnNewHost', domain: '' } as const
  console.log(`${await measure('counted', () => countAudience(operator, audience))} mailboxes`)
  const planned = await measure(`wave of ${mailboxes} computed and queued`, () =>
    planWave(operator, { announcementId, size: mailboxes, perMinute: 6_000, startsAt: null }),
  )
  console.log(`${planned.letters} letters`)
  const database = openDatabase(url, 2)
  const site = siteEnv()
  const putNotice = createPutNotice(
    site.domain,
    () => new Date(),
    () => {},
  )
  await measure(`${letters} letters written`, async () => {
    for (let written = 0; written < letters; written += LETTERS_AT_ONCE) {
      await prisma().$executeRaw`UPDATE announcement_waves SET next_at = now() - interval '1 second'`
      await sendAnnouncementLetters({ database, putNotice, site, portalUrl: 'https://portal.example' })
    }
  })
  await database.close()
} finally {
  await prisma().$disconnect()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

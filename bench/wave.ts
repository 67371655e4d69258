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
import { addCrowd } from './crowd.ts'
import { measure as measureWork } from './measure-work.ts'

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

const measure = <Result>(what: string, work: () => Promise<Result>) => measureWork(what, server.processId, work)

try {
  const { addOperator } = await import('#tests/support/people.ts')
  const { addPublicAnnouncement } = await import('#tests/support/announcement.ts')
  const { countAudience } = await import('#lib/announcements/audience.ts')
  const { planWave } = await import('#lib/announcements/plan-wave.ts')
  const operator = await addOperator()
  await addCrowd(mailboxes)
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

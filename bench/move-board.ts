/**
 * The boards of a move with very many mailboxes: what one page costs in time, processor time and memory, with few and
 * with ten times as many. Each mailbox has been seen on ten days; one in fifty was refused, and all are in one batch.
 *
 * Options: --mailboxes 100000
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prisma } from '#lib/db/prisma.ts'
import { startEmbeddedDatabase } from '#lib/service/embedded-database.ts'
import { databaseFromTemplate } from '#tests/support/database-template.ts'
import { addCrowd } from './crowd.ts'
import { measure } from './measure-work.ts'

const { values: options } = parseArgs({ options: { mailboxes: { type: 'string', default: '100000' } } })
const mailboxes = Number(options.mailboxes)

const directory = mkdtempSync(join(tmpdir(), 'mail-bench-'))
const server = await startEmbeddedDatabase(directory)
const { url } = await databaseFromTemplate(server.adminUrl)
Object.assign(process.env, { DATABASE_URL: url, DATA_DIR: directory, MASTER_KEY: randomBytes(32).toString('base64') })

async function addHistory(): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO credentials (id, mailbox_id, label, username, scopes, verifier, scram_stored_key, scram_server_key)
    SELECT gen_random_uuid(), id, 'W', login, '{submission,pop,imap}', '', '', '' FROM mailboxes
    ON CONFLICT DO NOTHING`
  await prisma().$executeRaw`
    INSERT INTO host_uses (mailbox_id, credential_id, day, listener, mechanism, tls, is_old_host, count, refused_count, first_at, last_at)
    SELECT c.mailbox_id, c.id, (now() AT TIME ZONE 'Asia/Tokyo')::date - d, CASE WHEN d % 2 = 0 THEN 'pop3s' ELSE 'submissions' END,
      'PLAIN', true, (c.mailbox_id + d) % 3 = 0, 5, 0, now() - d * interval '1 day', now() - d * interval '1 day'
    FROM credentials c, generate_series(0, 9) d ON CONFLICT DO NOTHING`
  await prisma().$executeRaw`
    INSERT INTO protocol_events (at, session_id, kind, listener, detail, address, mailbox_id, mechanism, reason)
    SELECT now(), gen_random_uuid(), 'refusal', 'pop3s', 'no', '192.0.2.7', id, 'PLAIN', 'badCredentials'
    FROM mailboxes WHERE id % 50 = 0`
  await prisma().$executeRaw`
    INSERT INTO migration_jobs (id, batch_id, source_id, mailbox_id, source_login, state, is_final, requested_by, messages_found, messages_copied)
    SELECT gen_random_uuid(), ${batch}::uuid, ${sourceId}::uuid, id, login, 'DONE', true, gen_random_uuid(), 400, 400
    FROM mailboxes m WHERE NOT EXISTS (SELECT FROM migration_jobs j WHERE j.mailbox_id = m.id)`
  await prisma().$executeRawUnsafe('VACUUM ANALYZE')
}

const batch = crypto.randomUUID()
const { id: sourceId } = await prisma().migrationSource.create({ data: { name: 'mx', kind: 'IMAP', host: 'mx.test' } })

try {
  const { addOperator } = await import('#tests/support/people.ts')
  const { readBoard } = await import('#lib/move/move-board.ts')
  const { dryRun } = await import('#lib/move/dry-run.ts')
  const migration = await import('#lib/migration/read-board.ts')
  const operator = await addOperator()
  const agent = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT' as const, customerId: null }
  for (const crowd of [mailboxes / 10, mailboxes]) {
    await addCrowd(crowd)
    await addHistory()
    const work = (what: string, perform: () => Promise<unknown>) =>
      measure(`${crowd} mailboxes, ${what}`, server.processId, perform)
    await work('nothing yet', async () => {})
    await work('call list, first page', () => readBoard(agent, { show: 'failing', page: 1 }))
    await work('call list, page 300', () => readBoard(agent, { show: 'half', page: 300 }))
    await work('migration board, first page', () => migration.readBoard(operator, { batch, page: 1 }))
    await work('migration board, page 200', () => migration.readBoard(operator, { batch, page: 200 }))
    await work('dry run', () => dryRun(operator, { at: new Date(), oldHost: 'refused', version: 0, days: 30 }))
  }
} finally {
  await prisma().$disconnect()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
}

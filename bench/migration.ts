/**
 * How fast mailboxes move here from a Dovecot, beside mbsync that copies the same ones into Maildirs: messages a second
 * by the clock, and processor time (of the engine's worker, and of mbsync; without the servers).
 *
 * `MIGRATION_MAILBOXES=50 MIGRATION_MESSAGES=20000 node bench/migration.ts`, as root on Debian.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { runClient, withHome } from '#tests/support/clients/run-client.ts'
import { fillMaildir, startDovecot } from '#tests/support/dovecot.ts'
import { startEngine } from '#tests/support/engine.ts'
import { mbsync } from '#tests/support/keeping-clients.ts'
import { processorMs } from './processor-time.ts'

const MAILBOXES = Number(process.env.MIGRATION_MAILBOXES ?? 10)
const MESSAGES = Number(process.env.MIGRATION_MESSAGES ?? 4_000)

const dovecot = await startDovecot()
const engine = await startEngine()
const { saveSource } = await import('#lib/migration/save-source.ts')
const { startBatch } = await import('#lib/migration/start-batch.ts')
const { prisma } = await import('#lib/db/prisma.ts')

const logins = Array.from({ length: MAILBOXES }, (_, index) => `box${String(index).padStart(2, '0')}`)
const addresses: string[] = []
for (const login of logins) {
  fillMaildir(dovecot.maildirOf(login), login, Math.floor(MESSAGES / MAILBOXES))
  addresses.push((await engine.addMailbox(login)).address)
}

async function measured(name: string, processId: number, work: () => Promise<void>): Promise<void> {
  const [startedAt, before] = [performance.now(), processorMs([processId])]
  await work()
  const seconds = (performance.now() - startedAt) / 1_000
  const processor = (processorMs([processId]) - before) / MESSAGES
  const rate = Math.round(MESSAGES / seconds)
  console.log(
    `${name}: ${MESSAGES} messages in ${seconds.toFixed(1)} s, ${rate} a second; processor ${processor.toFixed(2)} ms a message`,
  )
}

// Both read indexes that are there already.
await withHome((home) => runAll(home))

await measured('mbsync', process.pid, () => withHome((home) => runAll(home)))

await measured('this engine', engine.workers[0]?.pid ?? process.pid, async () => {
  const source = await saveSource(engine.operator, {
    name: 'mx',
    kind: 'IMAP_AND_POP3',
    host: '127.0.0.1',
    imapPort: dovecot.imapPort,
    pop3Port: dovecot.pop3Port,
    tls: 'NONE',
    loginForm: '{login}*migrator',
    masterPassword: dovecot.masterPassword,
    messagesPerSecond: 100_000,
  })
  await startBatch(engine.operator, { sourceId: source.id, list: addresses.join('\n'), isFinal: true })
  while ((await prisma().migrationJob.count({ where: { state: { not: 'DONE' } } })) > 0) await delay(50)
})

/** One after the other into one home: each has a directory of its own below it. */
async function runAll(home: string): Promise<void> {
  for (const login of logins) {
    await runClient('mkdir', [login], { home })
    const door = { port: dovecot.imapPort, user: login, password: dovecot.password }
    await mbsync.fetchNew(`${home}/${login}`, door)
  }
}

await engine.stop()
await dovecot.stop()

/**
 * Does a message cost more where much mail is stored and queued already? The same load on the same engine, first empty,
 * then full.
 *
 * Options: --messages 1000000 (stored), --queued 100000, --rounds 3, --seconds 3
 */
import { parseArgs } from 'node:util'
import { startEngineUnderLoad } from './engine-under-load.ts'
import type { LoadResult } from './load-job.ts'
import { measureLoad } from './measure-load.ts'
import { resultTable } from './result-table.ts'
import { gatherStatistics, queueMail, storeMail } from './stored-mail.ts'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    queued: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
  },
})
const PEOPLE = 16
const CONNECTIONS = 8

const engine = await startEngineUnderLoad({ workers: 2, people: PEOPLE, folderMessages: 1, nodeOptions: [] })
const { ports, people, parts } = engine
const loads = [
  { conversation: 'messages on one connection', port: ports.submission, people: people.senders },
  { conversation: 'inbound messages on one connection', port: ports.mx, people: people.senders },
  { conversation: 'POP3 session', port: ports.pop3, people: people.readers },
  { conversation: 'IMAP session', port: ports.imap, people: people.readers },
] as const
const common = { security: { kind: 'none' }, connections: CONNECTIONS, serverParts: parts, countingPort: null } as const
const timing = { warmUpSeconds: 0.5, seconds: Number(options.seconds) }
const states = ['empty', `${options.messages} stored, ${options.queued} queued`] as const
const rows = loads.flatMap(({ conversation }) =>
  states.map((who) => ({ what: conversation, who, rounds: [] as LoadResult[] })),
)

async function measureAll(state: (typeof states)[number]): Promise<void> {
  for (let round = 0; round <= Number(options.rounds); round += 1) {
    for (const load of loads) {
      const measured = await measureLoad({ ...common, ...load, ...timing })
      const row = rows.find(({ what, who }) => what === load.conversation && who === state)
      if (round > 0) row?.rounds.push(measured)
      console.error(`${round}  ${load.conversation}: ${state}  ${Math.round(measured.perSecond)}/s`)
    }
  }
}

try {
  await measureAll(states[0])
  const startedAt = performance.now()
  await storeMail(Number(options.messages))
  await queueMail(Number(options.queued))
  await gatherStatistics()
  console.error(`filled in ${Math.round((performance.now() - startedAt) / 1_000)} s`)
  await measureAll(states[1])
} finally {
  await engine.stop()
}
console.log(resultTable(rows, null))
process.exit(0)

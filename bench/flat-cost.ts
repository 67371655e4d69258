/**
 * Does a message cost more where much mail is stored and queued already? The same load on the same engine, first empty,
 * then full.
 *
 * Options: --messages 100000 (stored), --queued 10000, --rounds 3, --seconds 4
 */
import { parseArgs } from 'node:util'
import { startEngineUnderLoad } from './engine-under-load.ts'
import type { LoadResult } from './load-job.ts'
import { measureLoad } from './measure-load.ts'
import { resultTable } from './result-table.ts'
import { gatherStatistics, queueMail, storeMail } from './stored-mail.ts'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    queued: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
  },
})

const engine = await startEngineUnderLoad({ workers: 2, senders: 16, readers: 16, messages: 60, environment: {} })
const conversations = [
  { conversation: 'messages on one connection', port: engine.ports.submission, people: engine.senders },
  { conversation: 'POP3 session', port: engine.ports.pop3, people: engine.readers },
] as const
const results = new Map<string, LoadResult[]>()

async function measureAll(state: string): Promise<void> {
  for (let round = 0; round <= Number(options.rounds); round += 1) {
    for (const job of conversations) {
      const timing = { connections: 8, warmUpSeconds: 0.5, seconds: Number(options.seconds) }
      const measured = await measureLoad({ ...job, ...timing, authorityFile: null, serverParts: engine.parts })
      const name = `${job.conversation}, 8: ${state}`
      if (round > 0) results.set(name, [...(results.get(name) ?? []), measured])
      console.error(`${round}  ${name}  ${Math.round(measured.perSecond)}/s`)
    }
  }
}

try {
  await measureAll('empty')
  await storeMail(Number(options.messages))
  await queueMail(Number(options.queued))
  await gatherStatistics()
  await measureAll(`${options.messages} stored, ${options.queued} queued`)
} finally {
  await engine.stop()
}
console.log(resultTable(results))
process.exit(0)

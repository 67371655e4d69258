/**
 * How fast the engine sends and receives, beside Postfix and Dovecot on the same machine, the disk, and a server that
 * does nothing, in one run. The method is in README.md.
 *
 * Options: --rounds 2, --seconds 1.5 (of each measurement), --warm-up 0.5 (seconds), --workers 2, --folder 10000
 * (messages in the large folder), --connections 5000 (idle ones of the engine), --peer-connections 500, --notices 30,
 * --only PATTERN (of "what: who" or of a table's title), --no-peers, --out FILE (all results as JSON),
 * --profile DIRECTORY (V8's profiles of the workers)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startEngineUnderLoad } from './engine-under-load.ts'
import { type Peers, startPeers } from './peers/start-peers.ts'
import { type Measurement, type Row, resultTable } from './result-table.ts'
import { startYesServer } from './start-yes-server.ts'
import {
  diskSubjects,
  folderSubjects,
  idleSubjects,
  noticeSubjects,
  readingSubjects,
  type Subject,
  sendingSubjects,
  sortingSubjects,
} from './subjects.ts'

const PEOPLE = 64
/** Programs that run for days are not measured while their code is still being compiled. */
const REHEARSAL_SECONDS = 0.5

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '1.5' },
    'warm-up': { type: 'string', default: '0.5' },
    workers: { type: 'string', default: '2' },
    folder: { type: 'string', default: '10000' },
    connections: { type: 'string', default: '5000' },
    'peer-connections': { type: 'string', default: '500' },
    notices: { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
    'no-peers': { type: 'boolean', default: false },
    out: { type: 'string' },
    profile: { type: 'string' },
  },
})

// Whoever loses patience leaves no server behind.
let isInterrupted = false
const interrupt = () => {
  isInterrupted = true
}
process.on('SIGINT', interrupt).on('SIGTERM', interrupt)

const engine = await startEngineUnderLoad({
  workers: Number(options.workers),
  people: PEOPLE,
  folderMessages: Number(options.folder),
  nodeOptions: options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profile)}`],
})

async function startPeersIfPossible(): Promise<Peers | null> {
  if (options['no-peers']) return null
  if (process.getuid?.() === 0) {
    const { directory, authorityFile } = engine
    return startPeers({ directory, authorityFile, people: PEOPLE, folderMessages: Number(options.folder) })
  }
  console.error('Postfix and Dovecot are left out: only root may install and start them.')
  return null
}

function subjectsOf(peers: Peers | null, scratch: string): Subject[] {
  const whole = peers === null ? [engine] : [engine, { ...peers.whole, people: peers.people }]
  const readers = peers === null ? [engine] : [...whole, { ...peers.fast, people: peers.people }]
  const idle = readers.map((contestant) => ({
    contestant,
    connections: Number(contestant === engine ? options.connections : options['peer-connections']),
  }))
  return [
    ...diskSubjects(scratch),
    ...sendingSubjects(whole, yes),
    ...sortingSubjects(whole),
    ...readingSubjects(readers),
    ...folderSubjects(readers, Number(options.folder)),
    ...noticeSubjects(whole, Number(options.notices)),
    ...idleSubjects(idle),
  ].filter(({ section, what, who }) => new RegExp(options.only).test(`${section}: ${what}: ${who}`))
}

const yes = await startYesServer()
const results = new Map<Subject, Measurement[]>()
let peers: Peers | null = null

/** Rounds, not blocks: a slow minute of the machine then hits everybody. The first one is a rehearsal. */
async function measureRound(round: number, lastRound: number): Promise<void> {
  const seconds = round === 0 ? Math.min(REHEARSAL_SECONDS, Number(options.seconds)) : Number(options.seconds)
  for (const [subject, measured] of results) {
    if (isInterrupted) return
    if (subject.isOnce && round < lastRound) continue
    const measurement = await subject.measure({ warmUpSeconds: Number(options['warm-up']), seconds })
    if (round > 0) measured.push(measurement)
    const { perSecond, deliveredPerSecond, failures } = measurement
    const rates = [perSecond, deliveredPerSecond].map((rate) => (rate ? `${Math.round(rate)}/s` : '')).join(' ')
    console.error(`${round}  ${subject.what}: ${subject.who}  ${rates}  ${JSON.stringify(failures ?? {})}`)
  }
}

try {
  peers = await startPeersIfPossible()
  const scratch = join(engine.directory, 'baseline')
  mkdirSync(scratch)
  for (const subject of subjectsOf(peers, scratch)) results.set(subject, [])
  const rounds = Number(options.rounds)
  for (let round = 0; round <= rounds; round += 1) await measureRound(round, rounds)
} finally {
  yes.stop()
  peers?.stop()
  await engine.stop()
}

const sections = Map.groupBy(results, ([{ section }]) => section)
for (const [section, measured] of sections) {
  const rows: Row[] = measured.map(([{ what, who }, rounds]) => ({ what, who, rounds }))
  console.log(`\n### ${section}\n\n${resultTable(rows, 'engine against it')}`)
}
if (options.out !== undefined) {
  const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version }
  const measured = [...results].map(([{ section, what, who }, rounds]) => ({ section, what, who, rounds }))
  writeFileSync(options.out, JSON.stringify({ options, machine, measured }, null, 2))
}
const hasFailed = [...results.values()].flat().some(({ failures }) => Object.keys(failures ?? {}).length > 0)
process.exit(isInterrupted || hasFailed ? 1 : 0)

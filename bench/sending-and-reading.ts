/**
 * How many messages are accepted and how many mailboxes are looked at per second, beside what the disk and a server
 * that does nothing can do, in one run. The method is in README.md.
 *
 * Options: --rounds 3, --seconds 2 (of each measurement), --warm-up 0.5 (seconds), --workers 2, --only PATTERN (of the
 * names in the table), --out FILE (all results as JSON), --profile DIRECTORY (V8's profiles of the workers)
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { firstMessage, startFile } from './child-process.ts'
import { type EngineUnderLoad, startEngineUnderLoad } from './engine-under-load.ts'
import type { LoadJob, ServerParts } from './load-job.ts'
import { measureLoad } from './measure-load.ts'
import { type Measurement, resultTable } from './result-table.ts'

const MAILBOX_MESSAGES = 100
const PEOPLE = 64

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    'warm-up': { type: 'string', default: '0.5' },
    workers: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
    profile: { type: 'string' },
  },
})

const timing = { warmUpSeconds: Number(options['warm-up']), seconds: Number(options.seconds) }

type Subject = { readonly name: string; measure(): Promise<Measurement> }

async function measureFlushes(directory: string, writers: number): Promise<Measurement> {
  const child = startFile({
    file: 'disk-flushes.ts',
    args: [directory, String(writers), options.seconds],
    environment: { UV_THREADPOOL_SIZE: String(writers) },
  })
  return { perSecond: await firstMessage<number>(child) }
}

async function startYesServer(args: readonly string[]) {
  const server = startFile({ file: 'yes-server.ts', args })
  const port = await firstMessage<number>(server)
  return { server, port, parts: { server: [server.pid ?? 0] } }
}

type Target = {
  readonly name: string
  readonly port: number
  readonly authorityFile: string | null
  readonly serverParts: ServerParts
}

function sendingSubjects(targets: readonly Target[], people: LoadJob['people']): Subject[] {
  const conversations = ['message per connection', 'messages on one connection'] as const
  return conversations.flatMap((conversation) =>
    [1, 8, 32].flatMap((connections) =>
      targets.map(({ name, ...target }) => ({
        name: `${conversation}, ${connections}: ${name}`,
        measure: () => measureLoad({ conversation, connections, people, ...target, ...timing }),
      })),
    ),
  )
}

function readingSubjects(targets: readonly Target[], people: LoadJob['people']): Subject[] {
  return targets.map(({ name, ...target }) => ({
    name: `POP3 session, 8: ${name}`,
    measure: () => measureLoad({ conversation: 'POP3 session', connections: 8, people, ...target, ...timing }),
  }))
}

function engineTargets(engine: EngineUnderLoad, ports: { clear: number; secure: number }): Target[] {
  const serverParts = engine.parts
  return [
    { name: 'engine', port: ports.clear, authorityFile: null, serverParts },
    { name: 'engine, TLS', port: ports.secure, authorityFile: engine.authorityFile, serverParts },
  ]
}

// Whoever loses patience leaves no server behind.
let isInterrupted = false
const interrupt = () => {
  isInterrupted = true
}
process.on('SIGINT', interrupt).on('SIGTERM', interrupt)

const engine = await startEngineUnderLoad({
  workers: Number(options.workers),
  senders: PEOPLE,
  readers: PEOPLE,
  messages: MAILBOX_MESSAGES,
  environment:
    options.profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(options.profile)}` },
})
// On the same disk as the database.
const scratch = join(engine.directory, 'baseline')
mkdirSync(scratch)
const yes = await startYesServer([])
const flushingYes = await startYesServer([join(scratch, 'journal')])

const subjects: Subject[] = [
  ...[1, 8, 32].map((writers) => ({
    name: `disk flushes, ${writers}`,
    measure: () => measureFlushes(scratch, writers),
  })),
  ...sendingSubjects(
    [
      { name: 'says yes', port: yes.port, authorityFile: null, serverParts: yes.parts },
      {
        name: 'says yes and flushes',
        port: flushingYes.port,
        authorityFile: null,
        serverParts: flushingYes.parts,
      },
      ...engineTargets(engine, { clear: engine.ports.submission, secure: engine.ports.submissions }),
    ],
    engine.senders,
  ),
  ...readingSubjects(engineTargets(engine, { clear: engine.ports.pop3, secure: engine.ports.pop3s }), engine.readers),
].filter(({ name }) => new RegExp(options.only).test(name))

const results = new Map<string, Measurement[]>(subjects.map(({ name }) => [name, []]))

async function measureRound(round: number): Promise<void> {
  for (const { name, measure } of subjects) {
    if (isInterrupted) return
    const measured = await measure()
    if (round > 0) results.get(name)?.push(measured)
    const failures = hasFailed(measured) ? JSON.stringify(measured.failures) : ''
    console.error(`${round}  ${name}  ${Math.round(measured.perSecond)}/s  ${failures}`)
  }
}

function hasFailed({ failures }: Measurement): boolean {
  return Object.keys(failures ?? {}).length > 0
}

try {
  // Rounds, not blocks: a slow minute of the machine then hits everybody. The first one is a rehearsal: programs that
  // run for days are not measured while their code is still being compiled.
  for (let round = 0; round <= Number(options.rounds); round += 1) await measureRound(round)
} finally {
  for (const { server } of [yes, flushingYes]) server.kill()
  await engine.stop()
}

console.log(resultTable(results))
if (options.out !== undefined) {
  const machine = { processors: cpus().length, model: cpus()[0]?.model, node: process.version }
  writeFileSync(options.out, JSON.stringify({ options, machine, results: Object.fromEntries(results) }, null, 2))
}
process.exit(isInterrupted || [...results.values()].flat().some(hasFailed) ? 1 : 0)

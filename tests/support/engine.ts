/**
 * A whole engine for tests: the real worker process on a fresh database, with mailboxes and credentials made by the
 * product's own use-cases. Everything listens on loopback, on ports that the system chose.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ListenerName, PolicyDocument } from '#lib/policy/schema.ts'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'
import { createNeighbourhood } from '#lib/service/neighbourhood.ts'
import { freshDatabase } from './database.ts'
import type { TestSubscriber } from './mailbox.ts'

export type Ports = Readonly<Record<ListenerName, number>>

export type EngineOptions = {
  /** how many worker processes share the ports; 1 unless a test is about several */
  readonly workers?: number
  /** environment of the workers, on top of the test's own */
  readonly environment?: Readonly<Record<string, string>>
  /** of the database: "on" where a test cuts the power */
  readonly fsync?: 'on' | 'off'
  /** the way by which the workers reach the database, given its URL */
  readonly databaseRoute?: (url: string) => Promise<string>
  /** where the workers' words go; to the test's own output unless a test is about them */
  readonly logFile?: string
  /** a change to the built-in policy, saved before the first worker starts */
  readonly policy?: (document: PolicyDocument) => void
}

export type TestEngine = {
  readonly ports: Ports
  readonly authorityFile: string
  readonly certificateFile: string
  readonly databaseUrl: string
  readonly operator: { accountId: string; role: 'OPERATOR'; customerId: null }
  readonly workers: readonly ChildProcess[]
  /** A new customer with one mailbox and one credential of all scopes. */
  addMailbox(login: string, options?: { popBeforeSmtp?: boolean }): Promise<TestSubscriber>
  /** Lets the workers finish; the database stays. */
  stopWorkers(): Promise<void>
  /** Starts workers again after they were killed, on the same ports. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const portVariableOf: Readonly<Record<ListenerName, string>> = {
  mx: 'MX_PORT',
  smtp: 'SMTP_PORT',
  submission: 'SUBMISSION_PORT',
  submissions: 'SUBMISSIONS_PORT',
  submissionLegacy: 'SUBMISSION_LEGACY_PORT',
  pop3: 'POP3_PORT',
  pop3s: 'POP3S_PORT',
  imap: 'IMAP_PORT',
  imaps: 'IMAPS_PORT',
  managesieve: 'MANAGESIEVE_PORT',
}

/** Only one per test process: the use-cases read the process's environment. */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const directory = mkdtempSync(join(tmpdir(), 'mail-engine-'))
  const database = await freshDatabase({ fsync: options.fsync ?? 'off' })
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    DATA_DIR: directory,
    MASTER_KEY: randomBytes(32).toString('base64'),
  })
  await ensureCertificates(process.env)
  const { addSubscriber, addOperator, changePolicy } = await import('./people.ts')
  const operator = await addOperator()
  if (options.policy) await changePolicy(operator, options.policy)

  const workersDatabaseUrl = (await options.databaseRoute?.(database.url)) ?? database.url
  const output = options.logFile === undefined ? 'inherit' : openSync(options.logFile, 'a')
  const workers: ChildProcess[] = []
  const neighbourhood = createNeighbourhood()
  const portsInUse: Partial<Record<ListenerName, number>> = {}

  async function startWorker(): Promise<void> {
    const environment: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: workersDatabaseUrl, ...options.environment }
    for (const [name, variable] of Object.entries(portVariableOf)) {
      environment[variable] = String(portsInUse[name as ListenerName] ?? 0)
    }
    const worker = fork('lib/engine/main.ts', { env: environment, stdio: ['ignore', output, output, 'ipc'] })
    workers.push(worker)
    neighbourhood.welcome(worker)
    Object.assign(portsInUse, await readyPorts(worker))
  }

  async function startWorkers(): Promise<void> {
    workers.length = 0
    for (let count = 0; count < (options.workers ?? 1); count += 1) await startWorker()
  }

  const stopWorkers = async () => void (await Promise.all(workers.map(endWorker)))

  await startWorkers()
  return {
    ports: portsInUse as Ports,
    authorityFile: join(directory, 'tls', 'ca.crt'),
    certificateFile: join(directory, 'tls', 'server.crt'),
    databaseUrl: database.url,
    operator,
    workers,
    addMailbox: (login, { popBeforeSmtp = false } = {}) => addSubscriber(login, popBeforeSmtp),
    restart: startWorkers,
    stopWorkers,
    async stop() {
      await stopWorkers()
      const { prisma } = await import('#lib/db/prisma.ts')
      await prisma().$disconnect()
      await database.drop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function readyPorts(worker: ChildProcess): Promise<Partial<Record<ListenerName, number>>> {
  return new Promise((resolve, reject) => {
    worker.once('exit', (code) => reject(new Error(`the engine ended with ${code} before it was ready`)))
    worker.on('message', ({ type, listeners }: { type?: string; listeners?: object }) => {
      if (type === 'ready') resolve(listeners ?? {})
    })
  })
}

async function endWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  worker.kill('SIGTERM')
  await once(worker, 'exit')
}

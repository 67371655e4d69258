/** The whole product as `npm start` runs it: a first run in an empty directory, on ports that the system chooses. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'

const endpoint = z.object({ host: z.string(), port: z.int(), tls: z.enum(['none', 'starttls', 'implicit']) })

const addressesSchema = z.object({
  portal: z.url(),
  mx: endpoint,
  smtp: endpoint,
  submission: endpoint,
  submissions: endpoint,
  pop3: endpoint,
  pop3s: endpoint,
  imap: endpoint,
  imaps: endpoint,
  managesieve: endpoint,
})

const accountsSchema = z.array(
  z.object({
    role: z.enum(['subscriber', 'agent', 'seniorAgent', 'operator', 'auditor']),
    name: z.string(),
    portalLogin: z.string(),
    portalPassword: z.string(),
    mailbox: z.string().nullable(),
    credentials: z.array(
      z.object({ label: z.string(), username: z.string(), password: z.string(), scopes: z.array(z.string()) }),
    ),
    popBeforeSmtp: z.boolean(),
  }),
)

export type DemoAccounts = z.infer<typeof accountsSchema>

export type RunningService = {
  /** of the supervisor; its children are the workers, the portal and the database */
  readonly processId: number
  readonly dataDirectory: string
  readonly addresses: z.infer<typeof addressesSchema>
  readonly accounts: DemoAccounts
  readonly authorityFile: string
  stop(): Promise<void>
}

/** Where an ImapClient finds it. */
export function imapOf({ addresses: { imap, imaps }, authorityFile }: RunningService) {
  return { ports: { imap: imap.port, imaps: imaps.port }, authorityFile }
}

const START_SECONDS = 300
const anyPort = [
  'PORTAL',
  'MX',
  'SMTP',
  'SUBMISSION',
  'SUBMISSIONS',
  'SUBMISSION_LEGACY',
  'POP3',
  'POP3S',
  'IMAP',
  'IMAPS',
  'MANAGESIEVE',
]

/**
 * @param options.dataDirectory of an earlier run, to go on with it; else a new one, which `stop` removes
 * @param options.environment on top of the test's own
 */
export async function startService(
  options: { dataDirectory?: string; environment?: Readonly<Record<string, string>> } = {},
): Promise<RunningService> {
  const directory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'mail-service-'))
  const ports = Object.fromEntries(anyPort.map((name) => [`${name}_PORT`, '0']))
  const { DATABASE_URL: _none, ...environment } = process.env
  const service = spawn(process.execPath, ['lib/service/main.ts'], {
    env: { ...environment, ...ports, ...options.environment, DATA_DIR: directory },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const addressesFile = join(directory, 'addresses.json')
  if (options.dataDirectory !== undefined) await disappears(addressesFile)
  await appears(addressesFile, service)
  return {
    processId: service.pid ?? 0,
    dataDirectory: directory,
    addresses: addressesSchema.parse(JSON.parse(readFileSync(addressesFile, 'utf8'))),
    accounts: accountsSchema.parse(JSON.parse(readFileSync(join(directory, 'demo-accounts.json'), 'utf8'))),
    authorityFile: join(directory, 'tls', 'ca.crt'),
    async stop() {
      service.kill('SIGINT')
      if (service.exitCode === null) await once(service, 'exit')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** An earlier run that was killed has left its addresses behind; the new one withdraws them first. */
async function disappears(file: string): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1_000
  while (existsSync(file) && Date.now() < deadline) await delay(10)
}

async function appears(file: string, service: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_SECONDS * 1_000
  while (!existsSync(file)) {
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`)
    if (Date.now() > deadline) throw new Error('the service did not start in time')
    await delay(100)
  }
}

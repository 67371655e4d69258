/** `npm start`, as a person and as scripts meet it: every address answers, problems are one line, nothing is lost. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from 'node:tls'
import { greeting } from '../support/greeting.ts'
import { failToStart, newDataDirectory, startTrialMachine, type TrialMachine } from '../support/trial-machine.ts'

describe('a first start', () => {
  let machine: TrialMachine
  before(async () => {
    machine = await startTrialMachine()
  })
  after(() => machine.stop())

  test('the portal answers', async () => {
    const answer = await fetch(machine.addresses.portal)
    assert.equal(answer.status, 200)
  })

  const greetings = {
    mx: '220 ',
    smtp: '220 ',
    submission: '220 ',
    submissions: '220 ',
    submissionLegacy: '220 ',
    pop3: '+OK',
    pop3s: '+OK',
    imap: '* OK',
    imaps: '* OK',
  } as const
  for (const [name, wanted] of Object.entries(greetings)) {
    test(`${name} answers where addresses.json says`, async () => {
      const address = machine.addresses[name as keyof typeof greetings]
      assert.ok((await greeting(address, join(machine.dataDirectory, 'tls/ca.crt'))).startsWith(wanted))
    })
  }

  test('clients that trust the printed authority trust the servers', async () => {
    const authority = join(machine.dataDirectory, 'tls/ca.crt')
    assert.ok(machine.output().includes(authority))
    const { host, port } = machine.addresses.imaps
    const socket = connect({ host, port, servername: 'pop.infonia.ne.jp', ca: readFileSync(authority) })
    await once(socket, 'secureConnect')
    assert.ok(socket.authorized)
    socket.destroy()
  })

  test('the demo has subscribers of both methods, an agent and an operator', () => {
    const roles = machine.accounts.map(({ role }) => role)
    assert.ok(roles.filter((role) => role === 'subscriber').length >= 2)
    assert.ok(roles.includes('agent') && roles.includes('operator'))
    assert.ok(machine.accounts.some(({ popBeforeSmtp }) => popBeforeSmtp))
    assert.equal(statSync(join(machine.dataDirectory, 'demo-accounts.json')).mode & 0o777, 0o600)
  })

  test('the audit trail is verified beside it, and only its own account can reach the database', () => {
    const environment = { ...process.env, DATABASE_URL: '', DATA_DIR: machine.dataDirectory }
    const verified = spawnSync(process.execPath, ['lib/audit/verify.ts'], { env: environment, encoding: 'utf8' })
    assert.equal(verified.status, 0, verified.stderr)
    assert.match(verified.stderr, /is whole: \d+ records/)
    assert.equal(statSync(join(machine.dataDirectory, 'keys/database.url')).mode & 0o777, 0o600)
  })

  test('what it prints names every port and every password', () => {
    const printed = machine.output()
    for (const { port } of Object.values(machine.addresses).filter((value) => typeof value === 'object')) {
      assert.ok(printed.includes(`:${port}`), `${port} is missing`)
    }
    for (const { portalPassword, credentials } of machine.accounts) {
      for (const secret of [portalPassword, ...credentials.map(({ password }) => password)]) {
        assert.ok(printed.includes(secret))
      }
    }
  })

  test('a second service on the same data directory is refused in one line', async () => {
    const { code, output } = await failToStart({ DATA_DIR: machine.dataDirectory })
    assert.equal(code, 1)
    assert.match(output, /^Not started\. The data directory \S+ is in use by process \d+\. .*\n$/)
    assert.equal((await fetch(machine.addresses.portal)).status, 200)
  })

  test('an engine worker that is killed comes back', async () => {
    const before = childrenOf(machine, 'engine/main.ts')
    for (const processId of before) process.kill(processId, 'SIGKILL')
    const deadline = Date.now() + 30_000
    while (childrenOf(machine, 'engine/main.ts').filter((id) => !before.includes(id)).length < before.length) {
      assert.ok(Date.now() < deadline, 'the workers did not come back')
      await delay(100)
    }
    assert.ok((await greetingWithin(10_000, machine)).startsWith('220 '))
  })

  test('Ctrl-C ends everything with 0, and a second start has the same people and no passwords to print', async () => {
    const processes = childrenOf(machine, '')
    assert.equal(await machine.interrupt(), 0)
    for (const processId of processes) assert.ok(!isRunning(processId), `${processId} is left`)
    assert.ok(!existsSync(join(machine.dataDirectory, 'addresses.json')))
    const { accounts } = machine
    machine = await startTrialMachine({ DATA_DIR: machine.dataDirectory })
    assert.deepEqual(machine.accounts, accounts)
    assert.ok(!machine.output().includes(accounts[0]?.portalPassword ?? ''))
  })
})

describe('a start that cannot be', () => {
  const dataDirectory = newDataDirectory()
  after(() => rmSync(dataDirectory, { recursive: true, force: true }))

  test('a port that is taken is one line, and nothing is left running', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const port = String((other.address() as { port: number }).port)
    const { code, output } = await failToStart({ DATA_DIR: dataDirectory, POP3_PORT: port })
    other.close()
    assert.equal(code, 1)
    assert.match(
      output,
      new RegExp(`^Not started\\. Port ${port} on 127\\.0\\.0\\.1 \\(pop3\\) is taken .*POP3_PORT.*\n$`),
    )
    assert.deepEqual(processesIn(dataDirectory), [])
  })

  const cases: readonly [what: string, environment: Record<string, string>, line: RegExp][] = [
    ['an unreadable port', { IMAP_PORT: 'x' }, /^Not started\. IMAP_PORT: must be a port number.*\n$/],
    ['an unreadable role', { ROLE: 'x' }, /^Not started\. ROLE: must be one of.*\n$/],
    ['a role without a database', { ROLE: 'engine' }, /^Not started\. DATABASE_URL: must be set with ROLE=engine.*\n$/],
    [
      'an address of another machine',
      { BIND_ADDRESS: '192.0.2.1' },
      /^Not started\. 192\.0\.2\.1 is not an address.*\n$/,
    ],
    ['half a certificate', { TLS_CERT_FILE: 'x' }, /^Not started\. TLS_KEY_FILE: must be set.*\n$/],
    ['an unreadable key', { MASTER_KEY: 'x' }, /^Not started\. MASTER_KEY: must hold 32 bytes.*\n$/],
  ]
  for (const [what, environment, line] of cases) {
    test(`${what} is one line`, async () => {
      const { code, output } = await failToStart({ DATA_DIR: dataDirectory, ...environment })
      assert.equal(code, 1)
      assert.match(output, line)
      assert.deepEqual(processesIn(dataDirectory), [])
    })
  }
})

/** Process ids of what serves this data directory; `program` chooses by the command line. */
function childrenOf({ dataDirectory }: TrialMachine, program: string): number[] {
  return processesIn(dataDirectory).filter((id) => commandLine(id).includes(program))
}

function processesIn(dataDirectory: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => id !== process.pid && belongsTo(id, dataDirectory))
}

function belongsTo(processId: number, dataDirectory: string): boolean {
  try {
    if (readlinkSync(`/proc/${processId}/cwd`).startsWith(dataDirectory)) return true
    return readFileSync(`/proc/${processId}/environ`, 'utf8').includes(`DATA_DIR=${dataDirectory}\0`)
  } catch {
    return false
  }
}

function commandLine(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function isRunning(processId: number): boolean {
  return commandLine(processId) !== ''
}

async function greetingWithin(limitMs: number, machine: TrialMachine): Promise<string> {
  for (const deadline = Date.now() + limitMs; ; await delay(100)) {
    try {
      return await greeting(machine.addresses.submission, '')
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

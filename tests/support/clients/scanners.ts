/**
 * clamd and rspamd from their Debian packages, each with a configuration of its own in a directory that goes with it: one
 * signature instead of the whole database of viruses, no rules but the test patterns.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../free-port.ts'

export type Scanner = { readonly address: string; stop(): Promise<void> }

/** In pieces, so that a scanner on a developer's machine lets this file be. */
export const testVirus = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!', '$H+H*'].join('')
const spamPattern = (letter: string) => `${letter}JS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X`
export const testSpam = { refuse: spamPattern('X'), mark: spamPattern('Y') }

export async function startClamd(): Promise<Scanner> {
  const directory = mkdtempSync(join(tmpdir(), 'clamd-'))
  const socket = join(directory, 'clamd.sock')
  mkdirSync(join(directory, 'db'))
  writeFileSync(join(directory, 'db', 'test.ndb'), `Test-Virus:0:*:${Buffer.from(testVirus).toString('hex')}\n`)
  const configuration = [
    'Foreground yes',
    `LocalSocket ${socket}`,
    `DatabaseDirectory ${join(directory, 'db')}`,
    'StreamMaxLength 64M',
    ...(process.getuid?.() === 0 ? ['User root'] : []),
  ]
  const file = join(directory, 'clamd.conf')
  writeFileSync(file, `${configuration.join('\n')}\n`)
  const scanner = supervised(spawn('/usr/sbin/clamd', ['-c', file], { stdio: 'ignore' }), directory)
  await answering(() => createConnection({ path: socket }))
  return { address: `unix:${socket}`, stop: scanner.stop }
}

export async function startRspamd(): Promise<Scanner> {
  const directory = mkdtempSync(join(tmpdir(), 'rspamd-'))
  const port = await freePort()
  writeFileSync(join(directory, 'tld.dat'), 'com\nnet\njp\nexample\n')
  writeFileSync(
    join(directory, 'rspamd.conf'),
    `options {
      pidfile = "${directory}/rspamd.pid"; tempdir = "${directory}"; url_tld = "${directory}/tld.dat";
      control_socket = "${directory}/control.sock mode=0600";
      filters = ""; enable_test_patterns = true; disable_hyperscan = true;
      dns { nameserver = ["127.0.0.1:9"]; timeout = 1s; }
    }
    logging { type = "console"; level = "error"; }
    worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
    metric "default" { actions { reject = 15; add_header = 6; } }\n`,
  )
  const asRoot = process.getuid?.() === 0 ? ['-i'] : []
  const child = spawn('rspamd', ['-f', ...asRoot, '-c', join(directory, 'rspamd.conf')], { stdio: 'ignore' })
  const scanner = supervised(child, directory)
  await answering(() => createConnection({ port, host: '127.0.0.1' }))
  return { address: `http://127.0.0.1:${port}`, stop: scanner.stop }
}

function supervised(child: ChildProcess, directory: string) {
  const ended = once(child, 'exit')
  return {
    /** Stopping twice is no error. */
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const START_TRIES = 400

async function answering(connect: () => ReturnType<typeof createConnection>): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries += 1) {
    const socket = connect()
    const isThere = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isThere) return
    await delay(50)
  }
  throw new Error('the scanner did not start')
}

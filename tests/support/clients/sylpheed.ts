/**
 * Sylpheed, a mail program with windows, set up by its own files and told on its command line what to do: what is in
 * its queue folder it sends, what it receives is a file in its inbox.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { artifactPath } from '../artifacts.ts'
import type { Display } from './display.ts'
import { runClient, startClient } from './run-client.ts'

export type SylpheedAccount = {
  readonly address: string
  readonly username: string
  readonly password: string
  readonly authorityFile: string
  readonly pop: { readonly port: number; readonly tls: SylpheedTls }
  readonly smtp: { readonly port: number; readonly tls: SylpheedTls }
  /** how it gets the right to send */
  readonly sending: 'SMTP AUTH' | 'POP before SMTP' | 'nothing'
}

type Condition = () => boolean | Promise<boolean>

type SylpheedTls = 'none' | 'implicit' | 'starttls'

const tlsNumbers: Readonly<Record<SylpheedTls, number>> = { none: 0, implicit: 1, starttls: 2 }
const folders = ['inbox', 'outbox', 'draft', 'queue', 'trash']
const TIMEOUT_MS = 30_000

export class Sylpheed {
  readonly #home: string
  readonly #display: Display

  constructor(home: string, display: Display, account: SylpheedAccount) {
    this.#home = home
    this.#display = display
    for (const folder of folders) mkdirSync(join(home, 'Mail', folder), { recursive: true })
    const settings = join(home, '.sylpheed-2.0')
    mkdirSync(settings)
    writeFileSync(join(settings, 'folderlist.xml'), folderList())
    writeFileSync(join(settings, 'accountrc'), accountSettings(account), { mode: 0o600 })
    copyFileSync(account.authorityFile, join(settings, 'certs.crt'))
  }

  /** Puts a letter where Sylpheed keeps what it has still to send. */
  queue(from: string, to: string, letter: string): void {
    writeFileSync(this.#file('queue'), `S:${from}\nSSV:localhost\nR:<${to}>\nAID:1\n\n${letter}`)
  }

  get hasQueued(): boolean {
    return existsSync(this.#file('queue'))
  }

  /** What it has received, with line feeds. */
  received(): string {
    const inbox = join(this.#home, 'Mail', 'inbox')
    const messages = readdirSync(inbox).filter((name) => /^\d+$/.test(name))
    return messages.map((name) => readFileSync(join(inbox, name), 'latin1').replaceAll('\r\n', '\n')).join('')
  }

  /** Sends what is queued. @param isDone asked until it is true; then Sylpheed is ended */
  send(isDone: Condition): Promise<void> {
    return this.#run('--send', isDone)
  }

  receive(isDone: Condition): Promise<void> {
    return this.#run('--receive-all', isDone)
  }

  #file(folder: string): string {
    return join(this.#home, 'Mail', folder, '1')
  }

  /** The usual failure is a dialogue that waits for somebody: the error names it, tests/artifacts has its picture. */
  async #run(order: string, isDone: Condition): Promise<void> {
    const options = { home: this.#home, environment: { DISPLAY: this.#display.name, TMPDIR: this.#home } }
    const child = startClient('sylpheed', [order], options)
    const ended = once(child, 'close')
    const output: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
    try {
      for (const deadline = Date.now() + TIMEOUT_MS; !(await isDone()); await delay(50)) {
        if (hasEnded(child)) throw new Error(`sylpheed ${order} ended by itself: ${Buffer.concat(output)}`)
        if (Date.now() < deadline) continue
        this.#display.photograph(artifactPath('sylpheed.xwd'))
        const windows = await runClient('xdotool', ['search', '--name', '.', 'getwindowname', '%@'], options)
        throw new Error(`sylpheed ${order} is not done: ${Buffer.concat(output)}\nits windows: ${windows.output}`)
      }
    } finally {
      child.kill('SIGKILL')
      await ended
    }
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

function folderList(): string {
  const items = folders.map((folder) => `<folderitem type="${folder}" name="${folder}" path="${folder}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<folderlist><folder type="mh" name="Mailbox" path="Mail">${items.join('')}</folder></folderlist>
`
}

function accountSettings({ address, username, password, pop, smtp, sending }: SylpheedAccount): string {
  const settings = {
    account_name: 'portal',
    is_default: 1,
    name: 'portal',
    address,
    protocol: 0,
    receive_server: 'localhost',
    smtp_server: 'localhost',
    user_id: username,
    password,
    inbox: 'inbox',
    remove_mail: 0,
    receive_at_get_all: 1,
    use_smtp_auth: sending === 'SMTP AUTH' ? 1 : 0,
    smtp_auth_method: 0,
    smtp_user_id: username,
    smtp_password: password,
    pop_before_smtp: sending === 'POP before SMTP' ? 1 : 0,
    ssl_pop: tlsNumbers[pop.tls],
    ssl_smtp: tlsNumbers[smtp.tls],
    set_popport: 1,
    pop_port: pop.port,
    set_smtpport: 1,
    smtp_port: smtp.port,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  return `[Account: 1]\n${lines.join('\n')}\n`
}

/**
 * Sylpheed, a mail program with windows, set up by its own files and told on its command line what to do: what is in
 * its queue folder it sends, what it receives is a file in its inbox.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Display } from './display.ts'
import { type Condition, runUntil } from './windowed-program.ts'

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

type SylpheedTls = 'none' | 'implicit' | 'starttls'

const tlsNumbers: Readonly<Record<SylpheedTls, number>> = { none: 0, implicit: 1, starttls: 2 }
const folders = ['inbox', 'outbox', 'draft', 'queue', 'trash']

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

  #run(order: string, isDone: Condition): Promise<void> {
    return runUntil({ program: 'sylpheed', args: [order], home: this.#home, display: this.#display }, isDone)
  }
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

/** Claws Mail, set up by its own files and told on its command line to receive: what it gets is a file in its inbox. */
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Display } from './display.ts'
import { runUntil } from './windowed-program.ts'

export type ClawsAccount = {
  readonly address: string
  readonly username: string
  readonly password: string
  /** of the server: accepted beforehand, as its dialogue would */
  readonly certificateFile: string
  readonly pop: { readonly port: number; readonly tls: 'implicit' | 'starttls' }
}

const folders = ['inbox', 'sent', 'draft', 'queue', 'trash']
const tlsNumbers = { implicit: 1, starttls: 2 } as const

/** Receives until `isDone` says of what is in the inbox that it is all. */
export async function receiveWithClaws(
  home: string,
  display: Display,
  account: ClawsAccount,
  isDone: (received: string) => boolean,
): Promise<void> {
  for (const folder of folders) mkdirSync(join(home, 'Mailbox', folder), { recursive: true })
  const settings = join(home, '.claws-mail')
  mkdirSync(settings)
  writeFileSync(join(settings, 'folderlist.xml'), folderList())
  writeFileSync(join(settings, 'accountrc'), accountSettings(account), { mode: 0o600 })
  writeFileSync(join(settings, 'clawsrc'), '[Common]\nconfig_version=3\n')
  mkdirSync(join(settings, 'certs'))
  const { raw } = new X509Certificate(readFileSync(account.certificateFile))
  writeFileSync(join(settings, 'certs', `localhost.${account.pop.port}.cert`), raw)
  const program = { program: 'claws-mail', args: ['--receive-all'], home, display }
  await runUntil(program, () => isDone(received(join(home, 'Mailbox', 'inbox'))))
}

function received(inbox: string): string {
  const messages = existsSync(inbox) ? readdirSync(inbox).filter((name) => /^\d+$/.test(name)) : []
  return messages.map((name) => readFileSync(join(inbox, name), 'latin1').replaceAll('\r\n', '\n')).join('')
}

function folderList(): string {
  const types: Readonly<Record<string, string>> = { inbox: 'inbox', sent: 'outbox' }
  const items = folders.map((name) => `<folderitem type="${types[name] ?? name}" name="${name}" path="${name}"/>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<folderlist><folder type="mh" name="Mailbox" path="Mailbox">${items.join('')}</folder></folderlist>
`
}

function accountSettings({ address, username, password, pop }: ClawsAccount): string {
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
    inbox: '#mh/Mailbox/inbox',
    remove_mail: 0,
    receive_at_get_all: 1,
    ssl_pop: tlsNumbers[pop.tls],
    set_popport: 1,
    pop_port: pop.port,
    config_version: 3,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  return `[Account: 1]\n${lines.join('\n')}\n`
}

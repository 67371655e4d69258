/**
 * A real Dovecot with mailboxes of its own, as an old mail server: IMAP and POP3 on free ports of this machine, started
 * in the foreground and ended with the test. It needs root, because Dovecot does.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from './eventually.ts'
import { freePort } from './free-port.ts'
import { greeting } from './greeting.ts'

const run = promisify(execFile)

export type Dovecot = {
  readonly imapPort: number
  readonly pop3Port: number
  readonly password: string
  /** of the master user "migrator" */
  readonly masterPassword: string
  /** where all Maildirs are */
  readonly mailDirectory: string
  /** where the Maildir of a login is */
  maildirOf(login: string): string
  /** Its mailbox once more, beside the Maildir, in a format of Dovecot's own. */
  copyTo(login: string, format: 'sdbox' | 'mdbox'): Promise<void>
  stop(): Promise<void>
}

/** nobody's */
const MAIL_UID = 65_534

export async function startDovecot(): Promise<Dovecot> {
  const home = mkdtempSync(join(tmpdir(), 'dovecot-'))
  chmodSync(home, 0o755)
  for (const directory of ['run', 'mail']) mkdirSync(join(home, directory), { mode: 0o755 })
  chownSync(join(home, 'mail'), MAIL_UID, MAIL_UID)
  const [imapPort, pop3Port] = [await freePort(), await freePort()]
  writeFileSync(join(home, 'masters'), 'migrator:{PLAIN}master-secret\n', { mode: 0o644 })
  writeFileSync(join(home, 'dovecot.conf'), configuration(home, imapPort, pop3Port))
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', join(home, 'dovecot.conf')], { stdio: 'ignore' })
  for (const port of [imapPort, pop3Port]) {
    await eventually(() => greeting({ host: '127.0.0.1', port, tls: 'starttls' }, ''))
  }
  return {
    imapPort,
    pop3Port,
    password: 'old-secret',
    masterPassword: 'master-secret',
    mailDirectory: join(home, 'mail'),
    maildirOf: (login) => join(home, 'mail', login, 'Maildir'),
    async copyTo(login, format) {
      const config = join(home, 'dovecot.conf')
      await run('/usr/bin/doveadm', ['-c', config, 'backup', '-u', login, `${format}:~/${format}`])
    },
    async stop() {
      await end(server)
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function configuration(home: string, imapPort: number, pop3Port: number): string {
  const listener = (name: string, port: number) =>
    `inet_listener ${name} {\n  address = 127.0.0.1\n  port = ${port}\n }\n inet_listener ${name}s {\n  port = 0\n }`
  return `
protocols = imap pop3
base_dir = ${home}/run
state_dir = ${home}/run
log_path = ${home}/log
instance_name = test
ssl = no
disable_plaintext_auth = no
auth_master_user_separator = *
mail_uid = ${MAIL_UID}
mail_gid = ${MAIL_UID}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
passdb {
 driver = passwd-file
 args = ${home}/masters
 master = yes
}
passdb {
 driver = static
 args = password=old-secret
}
userdb {
 driver = static
 args = home=${home}/mail/%n
}
namespace inbox {
 inbox = yes
 separator = /
}
service imap-login {
 chroot =
 ${listener('imap', imapPort)}
}
service pop3-login {
 chroot =
 ${listener('pop3', pop3Port)}
}
`
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}

export const isRoot = userInfo().uid === 0

const flagLetters = ['', 'S', 'RS', 'F', 'FS', 'S', 'DS', 'T'] as const
/** Names as Maildir++ spells them: modified UTF-7, a dot before each level. */
export const folderDirectories = ['', '.Sent', '.&ZeVnLIqe-', '.Work.2019', '.Work.R&AOk-sum&AOk-'] as const

const subscribed: readonly string[] = ['', '.Sent', '.&ZeVnLIqe-']

type Place = { readonly folder: string; readonly flags: string; readonly isSubscribed: boolean }

/** Where fillMaildir puts a letter, and with which flags. */
export function placeOf(index: number): Place {
  const folder = index % 2 === 0 ? '' : (folderDirectories[index % folderDirectories.length] ?? '')
  const flags = `${flagLetters[index % flagLetters.length]}${index % 9 === 0 ? 'a' : ''}`
  return { folder, flags, isSubscribed: subscribed.includes(folder) }
}

/** @returns the SHA-256 of each message as a client of the old server gets it */
export function fillMaildir(maildir: string, login: string, messages: number): string[] {
  const digests: string[] = []
  for (const folder of folderDirectories) {
    for (const directory of ['', 'cur', 'new', 'tmp']) makeDirectory(join(maildir, folder, directory))
  }
  for (let index = 0; index < messages; index += 1) {
    const { folder, flags } = placeOf(index)
    const content = letterOf(login, index)
    const at = 1_600_000_000 + index * 61
    const file = join(maildir, folder, 'cur', `${at}.M${index}P1.old,S=${content.length}:2,${flags}`)
    writeFileSync(file, content)
    utimesSync(file, at, at)
    digests.push(sha256(content.toString('latin1').replaceAll('\n', '\r\n')))
  }
  writeFileSync(join(maildir, 'dovecot-keywords'), '0 $Forwarded\n')
  writeFileSync(
    join(maildir, 'subscriptions'),
    subscribed
      .map((folder) => `${folder.slice(1)}\n`)
      .join('')
      .trimStart(),
  )
  own(dirname(maildir))
  return digests.sort()
}

function makeDirectory(path: string): void {
  mkdirSync(path, { recursive: true })
}

function own(directory: string): void {
  chownSync(directory, MAIL_UID, MAIL_UID)
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) own(path)
    else chownSync(path, MAIL_UID, MAIL_UID)
  }
}

/** Every one is another; some have what a careless reader changes: dots, "From ", bare CR, eight bits, no last line end. */
function letterOf(login: string, index: number): Buffer {
  const oddities = [
    '.\n..\n. the dots\n',
    'From here on\n>From there\n',
    'caf\xe9 \x82\xa0\x1b$B$"\x1b(B\n',
    `${'x'.repeat(2_000)}\n`,
    'tab\tand trailing \n\n\n',
  ]
  const text = [
    'Return-Path: <friend@example.net>\n',
    `Received: from old by old; Sat, 28 Nov 2026 10:00:${String(index % 60).padStart(2, '0')} +0900\n`,
    `From: friend@example.net\nTo: ${login}@infonia.ne.jp\nSubject: letter ${index} to ${login}\n`,
    `Message-ID: <${index}.${login}@example.net>\n\n`,
    `Letter ${index}.\n${oddities[index % oddities.length]}`,
    index % 7 === 0 ? 'no line end' : '',
  ]
  return Buffer.from(text.join(''), 'latin1')
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256')
    .update(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)
    .digest('base64')
}

/** Where the peers keep everything, in one directory that goes away with the bench, and who their users are. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sender } from '../smtp-conversation.ts'

export const PEER_DOMAIN = 'peers.example'
const PASSWORD = 'secret'
/** A number that is nobody's: all mail belongs to it. */
export const MAIL_OWNER = 5_000

const START_MS = 20_000
const LOOK_EVERY_MS = 50

export type PeerSite = {
  readonly directory: string
  readonly certificateFile: string
  readonly keyFile: string
  readonly users: readonly string[]
}

export function peerUser(name: string): Sender {
  const address = `${name}@${PEER_DOMAIN}`
  return { address, username: address, password: PASSWORD }
}

const homeOf = ({ directory }: PeerSite, user: string): string => join(directory, 'mail', user)

function giveAway(...paths: readonly string[]): void {
  for (const path of paths) chownSync(path, MAIL_OWNER, MAIL_OWNER)
}

/** As Dovecot's LMTP would leave them when they have been seen once: LF line ends, both sizes in the file's name. */
export function fillMaildir(site: PeerSite, user: string, letters: readonly string[]): void {
  const home = homeOf(site, user)
  const maildir = join(home, 'mail')
  const parts = ['cur', 'new', 'tmp'].map((part) => join(maildir, part))
  for (const part of parts) mkdirSync(part, { recursive: true })
  giveAway(home, maildir, ...parts)
  letters.forEach((letter, index) => {
    const text = letter.replaceAll('\r\n', '\n')
    const name = `${1_700_000_000 + index}.M${index}P1.bench,S=${text.length},W=${letter.length}:2,`
    const file = join(maildir, 'cur', name)
    writeFileSync(file, text)
    giveAway(file)
  })
}

export function addScript(site: PeerSite, user: string, script: string): void {
  const home = homeOf(site, user)
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'active.sieve'), script)
  giveAway(home, join(home, 'active.sieve'))
}

/** No hashing: the protocols are compared, and our own passwords are random and need none either. */
export function passwordLines({ users }: PeerSite): string {
  return users.map((name) => `${peerUser(name).address}:{PLAIN}${PASSWORD}\n`).join('')
}

/** @throws with what the program said when it fails */
export function run(program: string, args: readonly string[], { directory }: PeerSite): void {
  // Daemons keep their standard streams open: a pipe would never end.
  const said = join(directory, 'said')
  const file = openSync(said, 'w')
  const { status } = spawnSync(program, args, { stdio: ['ignore', file, file] })
  closeSync(file)
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${readFileSync(said, 'utf8')}`)
}

/** @returns the process id that a daemon writes down when it serves */
export async function processIdIn(file: string): Promise<number> {
  for (let waitedMs = 0; waitedMs < START_MS; waitedMs += LOOK_EVERY_MS) {
    const processId = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (processId > 0) return processId
    await delay(LOOK_EVERY_MS)
  }
  throw new Error(`nothing has written ${file}`)
}

export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const servers = names.map(() => createServer().listen({ host: '127.0.0.1', port: 0 }))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return Object.fromEntries(names.map((name, index) => [name, ports[index]])) as Record<Name, number>
}

/**
 * Postfix with Dovecot, and beside it a second Dovecot that reads the same mail in its high-performance login mode.
 * Only as root: they need users of their own and Debian packages.
 */
import { chmodSync, chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { MAILBOX_MESSAGES, type MailServer, type People, SCRIPT_RULES, SORTERS } from '../mail-server.ts'
import { messageText } from '../message-text.ts'
import { rulesScript } from '../rules.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { installPeers } from './install-packages.ts'
import { addScript, fillMaildir, MAIL_OWNER, type PeerSite, peerUser } from './peer-site.ts'
import { type Postfix, preparePostfix, socketsOf } from './postfix.ts'

export type Peers = {
  readonly whole: MailServer
  /** only for reading */
  readonly fast: MailServer<'pop3' | 'pop3s' | 'imap' | 'imaps'>
  readonly people: People
  stop(): void
}

export type PeerSettings = {
  readonly directory: string
  /** Its directory has the server's certificate too. */
  readonly authorityFile: string
  readonly people: number
  readonly folderMessages: number
}

/** Each idling IMAP process holds an inotify instance; with the kernel's default of 128 Dovecot would poll. */
const INOTIFY_LIMIT = '/proc/sys/fs/inotify/max_user_instances'
const INOTIFY_INSTANCES = 16_384

export async function startPeers(settings: PeerSettings): Promise<Peers> {
  installPeers()
  const site = prepareSite(settings)
  const started: { stop(): void }[] = [raiseInotify()]
  const stop = () => {
    for (const each of started.toReversed()) each.stop()
  }
  try {
    const startPostfix = await preparePostfix(site)
    const dovecot = await startDovecot(site, 'default', socketsOf(site))
    started.push(dovecot)
    const fast = await startDovecot(site, 'fast', null)
    started.push(fast)
    const postfix = await startPostfix()
    started.push(postfix)
    return { ...describe(settings, postfix, dovecot, fast), stop }
  } catch (error) {
    stop()
    throw error
  }
}

function describe(
  { authorityFile, people }: PeerSettings,
  postfix: Postfix,
  dovecot: Dovecot,
  fast: Dovecot,
): Omit<Peers, 'stop'> {
  return {
    whole: {
      name: 'Postfix + Dovecot',
      ports: { ...postfix.ports, ...dovecot.ports },
      authorityFile,
      parts: { Postfix: [postfix.processId], Dovecot: [dovecot.processId] },
    },
    fast: { name: 'Dovecot, fast mode', ports: fast.ports, authorityFile, parts: { Dovecot: [fast.processId] } },
    people: {
      senders: namesOf('sender', people).map(peerUser),
      readers: namesOf('reader', people).map(peerUser),
      sorters: namesOf('sorter', SORTERS).map(peerUser),
      hoarder: peerUser('hoarder'),
    },
  }
}

const namesOf = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}${index + 1}`)

function prepareSite({ directory, authorityFile, people, folderMessages }: PeerSettings): PeerSite {
  const own = join(directory, 'peers')
  mkdirSync(join(own, 'mail'), { recursive: true })
  // Their processes run as others than root.
  chmodSync(directory, 0o755)
  chownSync(join(own, 'mail'), MAIL_OWNER, MAIL_OWNER)
  const certificateFile = join(own, 'server.crt')
  const keyFile = join(own, 'server.key')
  copyFileSync(join(dirname(authorityFile), 'server.crt'), certificateFile)
  copyFileSync(join(dirname(authorityFile), 'server.key'), keyFile)
  const readers = namesOf('reader', people)
  const sorters = namesOf('sorter', SORTERS)
  const users = [...namesOf('sender', people), ...readers, ...sorters, 'hoarder']
  const site = { directory: own, certificateFile, keyFile, users }
  const letters = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => messageText(peerUser(name).address, String(index)))
  for (const name of readers) fillMaildir(site, name, letters(name, MAILBOX_MESSAGES))
  fillMaildir(site, 'hoarder', letters('hoarder', folderMessages))
  for (const name of sorters) addScript(site, name, rulesScript(SCRIPT_RULES))
  return site
}

function raiseInotify(): { stop(): void } {
  const before = readFileSync(INOTIFY_LIMIT, 'utf8')
  if (Number(before) < INOTIFY_INSTANCES) writeFileSync(INOTIFY_LIMIT, String(INOTIFY_INSTANCES))
  return { stop: () => writeFileSync(INOTIFY_LIMIT, before) }
}

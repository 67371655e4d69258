/** Real clients that remember what they have fetched, for tests about what they fetch again. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runClient } from './clients/run-client.ts'

export type KeepingClient = (
  home: string,
  door: KeptDoor,
) => Promise<{ readonly code: number | null; readonly output: string; readonly has: number }>

export type KeptDoor = {
  readonly port: number
  readonly user: string
  readonly password: string
  /** a file; null: without TLS */
  readonly authorityFile: string | null
}

/** Messages that came to this home in all. */
const lettersIn = (file: string) =>
  existsSync(file) ? (readFileSync(file, 'latin1').match(/^Message-ID: /gim)?.length ?? 0) : 0

/** POP3 with UIDL; its file of UIDLs knows the server by the name "localhost". */
export const fetchmail: KeepingClient = async (home, { port, user, password, authorityFile }) => {
  const settings = join(home, 'fetchmailrc')
  const tls = authorityFile === null ? `sslproto ""` : `ssl sslcertck sslcertfile "${authorityFile}"`
  const lines = [
    `poll localhost service ${port} protocol pop3 uidl`,
    `  username "${user}" password "${password}" ${tls}`,
    `  keep no rewrite mda "cat >> '${join(home, 'mail')}'"\n`,
  ]
  writeFileSync(settings, lines.join('\n'), { mode: 0o600 })
  const files = ['--fetchmailrc', settings, '--pidfile', join(home, 'pid'), '--idfile', join(home, 'ids')]
  const run = await runClient('fetchmail', files, { home, timeoutMs: 300_000 })
  return { ...run, has: lettersIn(join(home, 'mail')) }
}

/** IMAP by UID and UIDVALIDITY, all folders. */
export const mbsync: KeepingClient = async (home, { port, user, password, authorityFile }) => {
  mkdirSync(join(home, 'mail'), { recursive: true })
  const settings = join(home, 'mbsyncrc')
  const tls =
    authorityFile === null
      ? 'SSLType None\nAuthMechs LOGIN'
      : `SSLType IMAPS\nAuthMechs LOGIN\nSystemCertificates no\nCertificateFile ${authorityFile}`
  const lines = [
    `IMAPAccount host\nHost localhost\nPort ${port}\nUser ${user}\nPass ${password}\n${tls}`,
    '\nIMAPStore far\nAccount host',
    `\nMaildirStore near\nPath ${home}/mail/\nInbox ${home}/mail/INBOX\nSubFolders Verbatim`,
    '\nChannel all\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync All\nExpunge None\nSyncState *\n',
  ]
  writeFileSync(settings, lines.join('\n'), { mode: 0o600 })
  const run = await runClient('mbsync', ['--config', settings, 'all'], { home, timeoutMs: 300_000 })
  return { ...run, has: filesBelow(join(home, 'mail')) }
}

function filesBelow(directory: string): number {
  if (!existsSync(directory)) return 0
  return readdirSync(directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\/(?:cur|new)$/.test(entry.parentPath),
  ).length
}

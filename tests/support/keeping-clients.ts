/** Real clients that remember what they have fetched, for tests about what they fetch again. They know one server, "localhost". */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { missing, runClient } from './clients/run-client.ts'
import { keepWithThunderbird, socketTypes, thunderbirdMissing, withThunderbird } from './clients/thunderbird.ts'

export type KeepingClient = {
  readonly name: string
  readonly protocol: 'pop3' | 'imap'
  readonly skip: string | false
  /** some leave alone what they do not show: folders without a subscription, and what is marked as deleted */
  readonly takesOnlyShown?: boolean
  /** Fetches what is new to it, of all folders. @throws when it says that something went wrong */
  fetchNew(home: string, door: KeptDoor): Promise<void>
}

/** Without TLS: see wire-tap.ts. */
export type KeptDoor = { readonly port: number; readonly user: string; readonly password: string }

const TIMEOUT_MS = 300_000

async function run(program: string, args: readonly string[], home: string): Promise<void> {
  const { code, output } = await runClient(program, args, { home, timeoutMs: TIMEOUT_MS })
  if (code !== 0) throw new Error(output)
}

function settingsFile(home: string, name: string, lines: readonly string[]): string {
  const file = join(home, name)
  writeFileSync(file, lines.join('\n'), { mode: 0o600 })
  return file
}

/** By UIDL. */
const fetchmail: KeepingClient = {
  name: 'fetchmail',
  protocol: 'pop3',
  skip: missing('fetchmail'),
  fetchNew(home, { port, user, password }) {
    const settings = settingsFile(home, 'fetchmailrc', [
      `poll localhost service ${port} protocol pop3 uidl`,
      `  username "${user}" password "${password}" sslproto ""`,
      `  keep no rewrite mda "cat >> '${join(home, 'mail')}'"\n`,
    ])
    const files = ['--fetchmailrc', settings, '--pidfile', join(home, 'pid'), '--idfile', join(home, 'ids')]
    return run('fetchmail', files, home)
  },
}

/** By UID and UIDVALIDITY. */
export const mbsync: KeepingClient = {
  name: 'mbsync',
  protocol: 'imap',
  skip: missing('mbsync'),
  fetchNew(home, { port, user, password }) {
    mkdirSync(join(home, 'mail'), { recursive: true })
    const settings = settingsFile(home, 'mbsyncrc', [
      `IMAPAccount host\nHost localhost\nPort ${port}\nUser ${user}\nPass ${password}\nSSLType None\nAuthMechs LOGIN\nDisableExtension COMPRESS=DEFLATE`,
      '\nIMAPStore far\nAccount host',
      `\nMaildirStore near\nPath ${home}/mail/\nInbox ${home}/mail/INBOX\nSubFolders Verbatim`,
      '\nChannel all\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync All\nExpunge None\nSyncState *\n',
    ])
    return run('mbsync', ['--config', settings, 'all'], home)
  },
}

/** By UID and UIDVALIDITY; what is gone on one side goes on the other. */
const offlineimap: KeepingClient = {
  name: 'OfflineIMAP',
  protocol: 'imap',
  skip: missing('offlineimap'),
  fetchNew(home, { port, user, password }) {
    const settings = settingsFile(home, 'offlineimaprc', [
      `[general]\naccounts = one\nmetadata = ${home}/state`,
      '[Account one]\nlocalrepository = near\nremoterepository = far',
      `[Repository near]\ntype = Maildir\nlocalfolders = ${home}/mail`,
      `[Repository far]\ntype = IMAP\nremotehost = localhost\nremoteport = ${port}\nssl = no\nstarttls = no`,
      `auth_mechanisms = LOGIN\nremoteuser = ${user}\nremotepass = ${password}\n`,
    ])
    return run('offlineimap', ['-o', '-u', 'basic', '-c', settings], home)
  },
}

/** Without compression, so that the wire can be read. */
const readable = { 'mail.server.default.use_compress_deflate': false }

const thunderbird = (protocol: KeepingClient['protocol']): KeepingClient => ({
  name: `Thunderbird by ${protocol.toUpperCase()}`,
  protocol,
  skip: thunderbirdMissing,
  takesOnlyShown: protocol === 'imap',
  fetchNew: (home, { port, user, password }) =>
    withThunderbird({ home, authority: null, preferences: readable, isKept: true }, (marionette) =>
      keepWithThunderbird(marionette, {
        type: protocol,
        port,
        socketType: socketTypes.none,
        username: user,
        password,
      }),
    ),
})

export const keepingClients: readonly KeepingClient[] = [
  fetchmail,
  mbsync,
  offlineimap,
  thunderbird('pop3'),
  thunderbird('imap'),
]

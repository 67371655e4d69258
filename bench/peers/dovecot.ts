/**
 * A Dovecot of our own on loopback: its defaults, but for what the bench needs on both sides (passwords in clear, many
 * connections from one address). "fast" is the high-performance login mode of its documentation: login processes serve
 * many connections, and mail processes many sessions.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { MailServer } from '../mail-server.ts'
import { freePorts, MAIL_OWNER, type PeerSite, passwordLines, processIdIn, run } from './peer-site.ts'

type Ports = Readonly<Record<'pop3' | 'pop3s' | 'imap' | 'imaps', number>>
export type LoginMode = 'default' | 'fast'
/** where Postfix looks for it; null: it is only read from */
export type PostfixSockets = { readonly authentication: string; readonly delivery: string } | null

export type Dovecot = Pick<MailServer<keyof Ports>, 'ports'> & { readonly processId: number; stop(): void }

export async function startDovecot(site: PeerSite, mode: LoginMode, postfix: PostfixSockets): Promise<Dovecot> {
  const directory = join(site.directory, `dovecot-${mode}`)
  for (const part of ['run', 'state']) mkdirSync(join(directory, part), { recursive: true })
  writeFileSync(join(directory, 'users'), passwordLines(site))
  const ports = await freePorts(['pop3', 'pop3s', 'imap', 'imaps'])
  const configuration = join(directory, 'dovecot.conf')
  writeFileSync(configuration, configurationOf({ site, directory, mode, ports, postfix }))
  run('dovecot', ['-c', configuration], site)
  return {
    ports,
    processId: await processIdIn(join(directory, 'run', 'master.pid')),
    stop: () => run('doveadm', ['-c', configuration, 'stop'], site),
  }
}

type Settings = { site: PeerSite; directory: string; mode: LoginMode; ports: Ports; postfix: PostfixSockets }

function configurationOf({ site, directory, mode, ports, postfix }: Settings): string {
  return `
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${site.certificateFile}
ssl_key = <${site.keyFile}
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:~/mail
mail_max_userip_connections = 100000
first_valid_uid = ${MAIL_OWNER}
passdb {
  driver = passwd-file
  args = ${directory}/users
}
userdb {
  driver = static
  args = uid=${MAIL_OWNER} gid=${MAIL_OWNER} home=${site.directory}/mail/%n
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = file:~/sieve;active=~/active.sieve
}
service anvil {
  client_limit = 9000
}
service stats {
  client_limit = 9000
}
${readingService('imap', ports.imap, ports.imaps, mode)}
${readingService('pop3', ports.pop3, ports.pop3s, mode)}
service auth {
  client_limit = 18000
  ${postfix === null ? '' : socketFor(postfix.authentication)}
}
service lmtp {
  ${postfix === null ? '' : socketFor(postfix.delivery)}
}
`
}

function readingService(protocol: 'imap' | 'pop3', clear: number, secure: number, mode: LoginMode): string {
  const login = mode === 'fast' ? `service_count = 0\n  process_min_avail = ${cpus().length}` : ''
  return `service ${protocol} {
  process_limit = 9000
  ${mode === 'fast' ? 'service_count = 256' : ''}
}
service ${protocol}-login {
  process_limit = 2000
  ${login}
  inet_listener ${protocol} {
    port = ${clear}
  }
  inet_listener ${protocol}s {
    port = ${secure}
    ssl = yes
  }
}`
}

function socketFor(path: string): string {
  return `unix_listener ${path} {
    user = postfix
    group = postfix
    mode = 0660
  }`
}

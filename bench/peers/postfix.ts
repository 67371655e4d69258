/**
 * A Postfix of our own on loopback: its defaults, but that it asks Dovecot who may log in, delivers to Dovecot by LMTP,
 * and does not limit how many connections come from one address. Nothing leaves the machine.
 */
import { chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MailServer } from '../mail-server.ts'
import { freePorts, PEER_DOMAIN, type PeerSite, peerUser, processIdIn, run } from './peer-site.ts'

type Ports = Readonly<Record<'mx' | 'submission' | 'submissions', number>>

export type Postfix = Pick<MailServer<keyof Ports>, 'ports'> & { readonly processId: number; stop(): void }

const queueOf = ({ directory }: PeerSite) => join(directory, 'postfix', 'queue')

/** Dovecot makes them, in Postfix's queue. */
export function socketsOf(site: PeerSite): { readonly authentication: string; readonly delivery: string } {
  return { authentication: join(queueOf(site), 'private/auth'), delivery: join(queueOf(site), 'private/dovecot-lmtp') }
}

/** Lays the queue out, where Dovecot then puts its sockets. @returns how to start it */
export async function preparePostfix(site: PeerSite): Promise<() => Promise<Postfix>> {
  const directory = join(site.directory, 'postfix')
  const etc = join(directory, 'etc')
  for (const part of [etc, queueOf(site), join(directory, 'data')]) mkdirSync(part, { recursive: true })
  chownSync(join(directory, 'data'), statSync('/var/lib/postfix').uid, 0)
  const ports = await freePorts(['mx', 'submission', 'submissions'])
  writeFileSync(join(etc, 'main.cf'), mainSettings(site, directory))
  writeFileSync(join(etc, 'master.cf'), services(ports))
  writeFileSync(join(etc, 'recipients'), site.users.map((name) => `${peerUser(name).address} ok\n`).join(''))
  run('postmap', ['-c', etc, `hash:${etc}/recipients`], site)
  run('postfix', ['-c', etc, 'check'], site)
  return async () => {
    run('postfix', ['-c', etc, 'start'], site)
    return {
      ports,
      processId: await processIdIn(join(queueOf(site), 'pid/master.pid')),
      stop: () => run('postfix', ['-c', etc, 'stop'], site),
    }
  }
}

function mainSettings(site: PeerSite, directory: string): string {
  return `
compatibility_level = 3.6
queue_directory = ${queueOf(site)}
data_directory = ${directory}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${directory}/log
maillog_file_prefixes = ${directory}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.${PEER_DOMAIN}
mydestination =
alias_maps =
mynetworks =
virtual_mailbox_domains = ${PEER_DOMAIN}
virtual_mailbox_maps = hash:${directory}/etc/recipients
virtual_transport = lmtp:unix:private/dovecot-lmtp
default_transport = error:no mail to the outside
relay_transport = error:no mail to the outside
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_tls_security_level = may
smtpd_tls_chain_files = ${site.keyFile}, ${site.certificateFile}
smtp_tls_security_level = none
smtpd_client_connection_count_limit = 0
`
}

/** The services of Debian's master.cf that are used here, none of them in a chroot. */
function services({ mx, submission, submissions }: Ports): string {
  const withLogin = '\n  -o smtpd_sasl_auth_enable=yes\n  -o smtpd_client_restrictions=permit_sasl_authenticated,reject'
  return `
127.0.0.1:${mx} inet n - n - - smtpd
127.0.0.1:${submission} inet n - n - - smtpd${withLogin}
127.0.0.1:${submissions} inet n - n - - smtpd${withLogin}
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`
}

/** Postfix and Dovecot as Debian packages them; nothing of what they bring starts by itself or is set up for the system. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { installMissingPackages } from '../../bin/debian-packages.js'

const PACKAGES = ['postfix', 'dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd', 'dovecot-sieve']
/** Debian's way to keep packages from starting their daemons. */
const POLICY_FILE = '/usr/sbin/policy-rc.d'
const START_NOTHING = '#!/bin/sh\nexit 101\n'

export function installPeers(): void {
  spawnSync('debconf-set-selections', { input: 'postfix postfix/main_mailer_type select No configuration\n' })
  const hadPolicy = existsSync(POLICY_FILE)
  if (!hadPolicy) writeFileSync(POLICY_FILE, START_NOTHING, { mode: 0o755 })
  try {
    installMissingPackages(PACKAGES)
  } finally {
    if (!hadPolicy) rmSync(POLICY_FILE)
  }
}

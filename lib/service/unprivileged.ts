/**
 * Running a program without root's powers, because PostgreSQL refuses to be root.
 *
 * As root: the account "nobody". When that account cannot walk down to the files (a clone under /root), the program
 * keeps one capability of root's, to pass directories (CAP_DAC_OVERRIDE), and nothing else; setpriv is part of Debian's
 * essential util-linux. As anyone else: as oneself.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartupError } from './startup-error.ts'

export type Command = {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

/** The account that shall own the program's files, or null when no change is needed. */
export function unprivilegedAccount(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('nobody:'))
  const [uid, gid] = (entry?.split(':').slice(2, 4) ?? []).map(Number)
  if (!uid || !gid)
    throw new StartupError('The account "nobody" is missing here; start as an ordinary account, not as root.')
  return { uid, gid }
}

/** @param paths everything that the program must reach */
export function unprivilegedCommand(file: string, args: readonly string[], paths: readonly string[]): Command {
  const account = unprivilegedAccount()
  if (account === null) return { file, args }
  if ([file, ...paths].every(isOpenToEveryone)) return { file, args, ...account }
  const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups']
  // Without the bit, access(2) ignores capabilities of other accounts than root, and initdb asks access(2) for its files.
  const capability = [
    '--securebits=+no_setuid_fixup',
    '--bounding-set=-all,+dac_override',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  return { file: 'setpriv', args: [...identity, ...capability, file, ...args] }
}

function isOpenToEveryone(path: string): boolean {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false
    if (directory === dirname(directory)) return true
  }
}

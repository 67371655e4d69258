/** alpine lives on a terminal: tmux is one, types what it is told, and shows what stands there. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runClient } from './run-client.ts'

export type AlpineAccount = {
  readonly username: string
  readonly password: string
  readonly authorityFile: string
  readonly imap: { readonly port: number; readonly tls: 'implicit' | 'starttls' }
}

export interface Alpine {
  type(...keys: readonly string[]): Promise<void>
  /** Waits until the screen shows it. @returns the screen */
  shows(what: RegExp): Promise<string>
}

const PATIENCE_MS = 20_000

/** The inbox, opened, with its password typed in. */
export async function withAlpine(
  home: string,
  { username, password, authorityFile, imap }: AlpineAccount,
  work: (alpine: Alpine) => Promise<void>,
): Promise<void> {
  const security = imap.tls === 'implicit' ? 'ssl' : 'tls'
  writeFileSync(
    join(home, '.pinerc'),
    [
      `inbox-path={localhost:${imap.port}/imap/${security}/user=${username}}INBOX`,
      'user-domain=client.example',
      'feature-list=quit-without-confirm,quell-folder-internal-msg',
      'last-version-used=9.99',
      '',
    ].join('\n'),
  )
  const tmux = (...args: readonly string[]) =>
    runClient('tmux', ['-S', join(home, 'tmux'), ...args], {
      home,
      environment: { TERM: 'xterm', SSL_CERT_FILE: authorityFile },
    })
  const alpine: Alpine = {
    async type(...keys) {
      await tmux('send-keys', '-t', 'alpine', ...keys)
    },
    async shows(what) {
      for (const deadline = Date.now() + PATIENCE_MS; ; await delay(50)) {
        const { output } = await tmux('capture-pane', '-p', '-t', 'alpine')
        if (what.test(output)) return output
        if (Date.now() > deadline) throw new Error(`alpine does not show ${what}:\n${output}`)
      }
    },
  }
  const start = `alpine -p ${join(home, '.pinerc')} -i`
  await tmux('new-session', '-d', '-s', 'alpine', '-x', '120', '-y', '40', start)
  try {
    await alpine.shows(/ENTER (?:LOGIN )?PASSWORD|PASSWORD:/i)
    await alpine.type('-l', password)
    await alpine.type('Enter')
    await alpine.shows(/Preserve password on DISK/)
    await alpine.type('n')
    await work(alpine)
  } finally {
    await tmux('kill-server')
  }
}

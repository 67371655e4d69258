/** Runs a script on a message through sieve-test of Pigeonhole, and reads what it would do. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Action, Outcome } from '#lib/sieve/outcome.ts'
import { sieveEnvelope } from './messages.ts'

export type Pigeonhole = {
  /** @returns what is done, sorted; or "compile error", "runtime error" before it */
  decide(script: string, message: Buffer): Promise<string>
  close(): void
}

export function openPigeonhole(library: Readonly<Record<string, string>>): Pigeonhole {
  const home = mkdtempSync(join(tmpdir(), 'pigeonhole-'))
  mkdirSync(join(home, 'sieve'))
  for (const [name, text] of Object.entries(library)) writeFileSync(join(home, 'sieve', `${name}.sieve`), text)
  const configuration = join(home, 'dovecot.conf')
  writeFileSync(
    configuration,
    `mail_location = maildir:${home}/Maildir
mail_home = ${home}
mail_uid = nobody
mail_gid = nogroup
ssl = no
log_path = /dev/stderr
protocol lda {
}
plugin {
  sieve = file:${home}/sieve;active=${home}/active.sieve
  sieve_extensions = +editheader +vacation-seconds
  sieve_vacation_min_period = 0
  sieve_vacation_max_period = 90d
}
`,
  )
  let count = 0
  return {
    async decide(script, message) {
      count += 1
      const scriptFile = join(home, `${count}.sieve`)
      const messageFile = join(home, `${count}.eml`)
      writeFileSync(scriptFile, script)
      writeFileSync(messageFile, message)
      for (const path of [home, join(home, 'sieve')]) chmodSync(path, 0o777)
      const { from, to } = sieveEnvelope
      const options = ['-c', configuration, '-f', from, '-a', to, '-r', to, scriptFile, messageFile]
      return readAnswer(await run('sieve-test', options))
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  }
}

function run(program: string, options: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, options, { env: { ...process.env, TZ: 'Asia/Tokyo' } }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
}

const joined = (deeds: readonly string[]) => [...new Set(deeds)].sort().join(', ') || 'nothing'

function readAnswer(text: string): string {
  if (/failed to compile|compilation failed|: error: /.test(text) && !text.includes('Implicit keep'))
    return 'compile error'
  const deeds: string[] = []
  for (const line of text.split('\n')) {
    const folder = /^ \* store message in folder: (.*)$/.exec(line)?.[1]
    const flags = /^\s+\+ add IMAP flags: (.*)$/.exec(line)?.[1]
    const address = /^ \* redirect message to: <(.*)>$/.exec(line)?.[1]
    const seconds = /=> seconds\s*: (\d+)/.exec(line)?.[1]
    const importance = /=> importance\s*: (\d)/.exec(line)?.[1]
    if (folder !== undefined) deeds.push(`store ${folder}`)
    if (flags !== undefined) deeds.push(`${deeds.pop()} [${flagText(flags.split(/[\s,]+/))}]`)
    if (address !== undefined) deeds.push(`redirect ${address.toLowerCase()}`)
    if (line.startsWith(' * reject message')) deeds.push('reject')
    if (line.startsWith(' * send vacation')) deeds.push('vacation')
    if (line.startsWith(' * send notification')) deeds.push('notify')
    if (seconds !== undefined || importance !== undefined) deeds.push(`${deeds.pop()} ${seconds ?? importance}`)
  }
  return joined(deeds)
}

const flagText = (flags: readonly string[]) =>
  flags
    .map((flag) => flag.toLowerCase())
    .sort()
    .join(' ')

/** Our outcome in the same words. */
export function inWordsOfPigeonhole({ actions }: Outcome): string {
  return joined(actions.flatMap(deedOf))
}

function deedOf(action: Action): string[] {
  switch (action.kind) {
    case 'keep':
    case 'fileinto': {
      const flags = action.flags.length === 0 ? '' : ` [${flagText(action.flags)}]`
      return [`store ${action.kind === 'keep' ? 'INBOX' : action.folder}${flags}`]
    }
    case 'redirect':
      return [`redirect ${action.address.toLowerCase()}`]
    case 'vacation':
      return [`vacation ${action.vacation.periodSeconds}`]
    case 'notify':
      return [`notify ${action.notification.importance}`]
    case 'discard':
      return []
    default:
      return ['reject']
  }
}

/**
 * What a mail program would do at each service, with a real login where the service has one. Nothing is sent: MX is
 * asked whether it would take a message, and the message is not begun. POP before SMTP is only greeted: a window for
 * this machine's own address would be a door.
 */
import { PROBE_NAME } from '#lib/mail/probe-name.ts'
import type { ServiceName } from '#lib/maintenance/services.ts'
import { type LineTalk, openTalk, type ProbeTarget } from './line-talk.ts'

export type ProbeLogin = { readonly address: string; readonly username: string; readonly password: string }
export type ProbePorts = Readonly<Record<'mx' | 'smtp' | 'submissions' | 'pop3s' | 'imaps', number>>

const SMTP_OK = /^[23]\d\d /
const SMTP_NO = /^[45]\d\d/

async function smtp(talk: LineTalk, lines: readonly string[]): Promise<void> {
  await talk.hear(SMTP_OK, SMTP_NO)
  for (const line of lines) {
    talk.say(line)
    await talk.hear(SMTP_OK, SMTP_NO)
  }
}

async function pop3(talk: LineTalk, { username, password }: ProbeLogin): Promise<void> {
  await talk.hear(/^\+OK/, /^-ERR/)
  for (const line of [`USER ${username}`, `PASS ${password}`, 'QUIT']) {
    talk.say(line)
    await talk.hear(/^\+OK/, /^-ERR/)
  }
}

async function imap(talk: LineTalk, { username, password }: ProbeLogin): Promise<void> {
  await talk.hear(/^\* OK/, /^\* BYE/)
  for (const line of [`a LOGIN ${username} ${password}`, 'a LOGOUT']) {
    talk.say(line)
    await talk.hear(/^a OK/, /^a (?:NO|BAD)/)
  }
}

function plain({ username, password }: ProbeLogin): string {
  return Buffer.from(`\0${username}\0${password}`).toString('base64')
}

type Probe = { readonly target: ProbeTarget; readonly converse: (talk: LineTalk) => Promise<void> }

function probesOf(host: string, ports: ProbePorts, login: ProbeLogin): Readonly<Record<ServiceName, readonly Probe[]>> {
  const at = (port: number, isTls: boolean) => ({ host, port, isTls })
  const hello = `EHLO ${PROBE_NAME}`
  const wouldTake = [hello, 'MAIL FROM:<>', `RCPT TO:<${login.address}>`, 'QUIT']
  return {
    receive: [{ target: at(ports.mx, false), converse: (talk) => smtp(talk, wouldTake) }],
    smtp: [{ target: at(ports.smtp, false), converse: (talk) => smtp(talk, [hello, 'QUIT']) }],
    smtpa: [
      {
        target: at(ports.submissions, true),
        converse: (talk) => smtp(talk, [hello, `AUTH PLAIN ${plain(login)}`, 'QUIT']),
      },
    ],
    reading: [
      { target: at(ports.pop3s, true), converse: (talk) => pop3(talk, login) },
      { target: at(ports.imaps, true), converse: (talk) => imap(talk, login) },
    ],
  }
}

/** @returns whether the service did all that was asked of it */
export async function probeService(
  service: ServiceName,
  host: string,
  ports: ProbePorts,
  login: ProbeLogin,
): Promise<boolean> {
  for (const { target, converse } of probesOf(host, ports, login)[service]) {
    const talk = openTalk(target)
    try {
      await converse(talk)
    } catch {
      return false
    } finally {
      talk.close()
    }
  }
  return true
}

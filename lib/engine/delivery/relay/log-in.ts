/**
 * Login at a smart host (RFC 4954): PLAIN (RFC 4616), LOGIN, or CRAM-MD5 (RFC 2195) where it offers nothing else.
 *
 * The caller has seen to TLS with a valid certificate. Neither user nor password is in what comes back.
 */
import { createHmac } from 'node:crypto'
import type { Reply } from './reply.ts'
import type { HostLogin } from './session-target.ts'
import type { SmtpChannel } from './smtp-channel.ts'

type Mechanism = {
  readonly initial: (login: HostLogin) => string
  /** the answers to the challenges that follow, in their order */
  readonly answers: readonly ((login: HostLogin, challenge: Buffer) => string)[]
}

const mechanisms: Readonly<Record<string, Mechanism>> = {
  PLAIN: { initial: ({ user, password }) => ` ${base64(`\0${user}\0${password}`)}`, answers: [] },
  LOGIN: {
    initial: () => '',
    answers: [({ user }) => base64(user), ({ password }) => base64(password)],
  },
  'CRAM-MD5': {
    initial: () => '',
    answers: [
      ({ user, password }, challenge) =>
        base64(`${user} ${createHmac('md5', password).update(challenge).digest('hex')}`),
    ],
  },
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/**
 * @param offered the parameters of AUTH in the answer to EHLO
 * @returns the host's last word; null when it offers no mechanism of ours
 */
export async function logIn(
  channel: SmtpChannel,
  login: HostLogin,
  offered: string,
  timeoutMs: number,
): Promise<Reply | null> {
  const names = offered.toUpperCase().split(' ')
  const [name, mechanism] = Object.entries(mechanisms).find(([known]) => names.includes(known)) ?? []
  if (mechanism === undefined) return null
  await channel.send(`AUTH ${name}${mechanism.initial(login)}\r\n`, timeoutMs)
  let reply = await channel.readReply(timeoutMs)
  for (const answer of mechanism.answers) {
    if (reply.code !== 334) return reply
    await channel.send(`${answer(login, Buffer.from(reply.lines[0] ?? '', 'base64'))}\r\n`, timeoutMs)
    reply = await channel.readReply(timeoutMs)
  }
  return reply
}

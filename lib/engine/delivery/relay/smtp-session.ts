/**
 * A session with a next hop that is open (see open-session.ts): any number of messages (RFC 5321 §3.3).
 *
 * Guarantees: each recipient gets the answer that concerns it; a connection that breaks after the final dot counts as
 * not delivered (RFC 5321 §4.5.4.1 prefers a duplicate to a loss).
 * Deviation: a message with octets above 127 is sent as it is to a host that does not offer 8BITMIME (RFC 6152 §3 would
 * have it converted or returned). Conversion breaks DKIM signatures, and no host in use strips the eighth bit.
 */
import { isPositive, makeReply, type Reply } from './reply.ts'
import type { SessionTarget } from './session-target.ts'
import { ChannelBroken, type SmtpChannel } from './smtp-channel.ts'
import type { TlsFailure } from './tls-failure.ts'

export type OutgoingRecipient = {
  readonly address: string
  readonly notify: readonly string[]
  readonly originalRecipient: string | null
}

export type OutgoingMessage = {
  readonly sender: string
  readonly recipients: readonly OutgoingRecipient[]
  /** in wire form, see wire-form.ts */
  readonly wire: Buffer
  readonly sizeBytes: number
  readonly eightBit: boolean
  /** an address or the header is not ASCII, so the next hop must offer SMTPUTF8 (RFC 6531) */
  readonly needsUtf8: boolean
  readonly envelopeId: string | null
  readonly returnFull: boolean
}

export interface SmtpSession {
  readonly target: SessionTarget
  readonly tlsVersion: string | null
  /** what is wrong with the certificate, where that is no reason not to go on */
  readonly certificateFailure: TlsFailure | null
  /** the next hop takes over the sender's wishes about reports (RFC 3461 §5.2.1) */
  readonly offersDsn: boolean
  /** false once the connection can carry no further message */
  readonly isUsable: boolean
  /** @returns one reply per recipient, in order */
  sendMessage(message: OutgoingMessage): Promise<readonly Reply[]>
  quit(): Promise<void>
}

/** The connection ended before anything of the message was sent: it may be begun again at once. */
export class BrokenBeforeData extends ChannelBroken {}

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** RFC 5321 §4.5.3.2; a connection that is not even accepted is waited for less long. */
export const sessionTimeouts = {
  connectMs: 30 * SECOND,
  tlsMs: 60 * SECOND,
  greetingMs: 5 * MINUTE,
  commandMs: 5 * MINUTE,
  dataStartMs: 2 * MINUTE,
  dataBlockMs: 3 * MINUTE,
  dataEndMs: 10 * MINUTE,
  quitMs: 5 * SECOND,
}
export type SessionTimeouts = typeof sessionTimeouts

/** Keyword in upper case to its parameters. */
export type Extensions = ReadonlyMap<string, string>

export function sessionOn(
  channel: SmtpChannel,
  target: SessionTarget,
  extensions: Extensions,
  timeouts: SessionTimeouts,
): SmtpSession {
  let isUsable = true

  async function transact(message: OutgoingMessage): Promise<readonly Reply[]> {
    const everybody = (reply: Reply) => message.recipients.map(() => reply)
    const unsuitable = unsuitability(message, extensions)
    if (unsuitable) return everybody(unsuitable)
    const { mail, recipients } = await sendEnvelope(channel, message, extensions, timeouts).catch(asBrokenBeforeData)
    // RFC 5321 §3.8: 421 says that the host closes the connection.
    if (mail.code === 421) throw new BrokenBeforeData(`421 ${mail.text}`)
    if (!isPositive(mail) || !recipients.some(isPositive)) {
      await reset()
      return isPositive(mail) ? recipients : everybody(mail)
    }
    await channel.send('DATA\r\n', timeouts.commandMs)
    const start = await channel.readReply(timeouts.dataStartMs)
    let end = start
    if (start.code === 354) {
      await channel.send(message.wire, timeouts.dataBlockMs)
      end = await channel.readReply(timeouts.dataEndMs)
    } else if (isPositive(start)) {
      throw new ChannelBroken(`unexpected answer ${start.code} to DATA`)
    } else {
      await reset()
    }
    if (end.code === 421) isUsable = false
    return recipients.map((reply) => (isPositive(reply) ? end : reply))
  }

  async function reset(): Promise<void> {
    await channel.send('RSET\r\n', timeouts.commandMs)
    if (!isPositive(await channel.readReply(timeouts.commandMs))) isUsable = false
  }

  return {
    target,
    tlsVersion: channel.tlsVersion,
    certificateFailure: channel.certificateFailure,
    offersDsn: extensions.has('DSN'),
    get isUsable() {
      return isUsable
    },
    async sendMessage(message) {
      try {
        return await transact(message)
      } catch (error) {
        isUsable = false
        channel.close()
        throw error
      }
    },
    async quit() {
      if (isUsable) {
        const goodbye = channel.send('QUIT\r\n', timeouts.quitMs).then(() => channel.readReply(timeouts.quitMs))
        await goodbye.catch(() => {}) // the mail is delivered; how the other side says goodbye means nothing
      }
      isUsable = false
      channel.close()
    },
  }
}

function asBrokenBeforeData(error: unknown): never {
  throw error instanceof ChannelBroken ? new BrokenBeforeData(error.message, { cause: error }) : error
}

/** Reasons of ours not to begin. */
function unsuitability(message: OutgoingMessage, extensions: Extensions): Reply | null {
  const limit = Number(extensions.get('SIZE') || 0)
  if (limit > 0 && message.sizeBytes > limit) {
    return makeReply(552, [`5.3.4 The next host takes messages of up to ${limit} bytes`])
  }
  // RFC 6531 §3.2, §3.6: never downgrade, never guess.
  if (message.needsUtf8 && !extensions.has('SMTPUTF8')) {
    return makeReply(553, ['5.6.7 The next host does not support internationalized addresses (SMTPUTF8)'])
  }
  return null
}

async function sendEnvelope(
  channel: SmtpChannel,
  message: OutgoingMessage,
  extensions: Extensions,
  timeouts: SessionTimeouts,
): Promise<{ mail: Reply; recipients: readonly Reply[] }> {
  const commands = [mailCommand(message, extensions), ...message.recipients.map((one) => rcptCommand(one, extensions))]
  const replies: Reply[] = []
  if (extensions.has('PIPELINING')) {
    await channel.send(commands.join(''), timeouts.commandMs)
    for (const _ of commands) replies.push(await channel.readReply(timeouts.commandMs))
  } else {
    for (const command of commands) {
      await channel.send(command, timeouts.commandMs)
      const reply = await channel.readReply(timeouts.commandMs)
      replies.push(reply)
      if (replies.length === 1 && !isPositive(reply)) break
    }
  }
  const [mail = makeReply(451, ['4.3.0 no answer']), ...recipients] = replies
  return { mail, recipients }
}

function mailCommand(message: OutgoingMessage, extensions: Extensions): string {
  const parameters: string[] = []
  if (extensions.has('SIZE')) parameters.push(`SIZE=${message.sizeBytes}`)
  if (message.eightBit && extensions.has('8BITMIME')) parameters.push('BODY=8BITMIME')
  if (message.needsUtf8) parameters.push('SMTPUTF8')
  if (extensions.has('DSN')) {
    if (message.returnFull) parameters.push('RET=FULL')
    if (message.envelopeId !== null) parameters.push(`ENVID=${message.envelopeId}`)
  }
  return command(`MAIL FROM:<${message.sender}>`, parameters)
}

function rcptCommand({ address, notify, originalRecipient }: OutgoingRecipient, extensions: Extensions): string {
  const parameters: string[] = []
  if (extensions.has('DSN')) {
    if (notify.length > 0) parameters.push(`NOTIFY=${notify.join(',').toUpperCase()}`)
    if (originalRecipient !== null) parameters.push(`ORCPT=${originalRecipient}`)
  }
  return command(`RCPT TO:<${address}>`, parameters)
}

/** A line break inside an argument would be a second command; our doors let none in, and nothing goes out with one. */
function command(verb: string, parameters: readonly string[]): string {
  const line = [verb, ...parameters].join(' ')
  if (/[\r\n\0]/.test(line)) throw new ChannelBroken('an address holds a control character')
  return `${line}\r\n`
}

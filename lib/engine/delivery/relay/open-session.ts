/**
 * Opens a session with one host (RFC 5321 §3.1, §3.2): greeting, EHLO, STARTTLS (RFC 3207), and the login where the host
 * is a smart host that wants one.
 *
 * Guarantees: what was learnt before the handshake is forgotten (RFC 3207 §4.2). Where TLS is required nothing of a
 * message is sent before the certificate has been judged. A password is only sent where TLS is required.
 */
import { logIn } from './log-in.ts'
import { isPositive, type Reply } from './reply.ts'
import type { SessionTarget } from './session-target.ts'
import { connectChannel, type SmtpChannel } from './smtp-channel.ts'
import { type Extensions, type SessionTimeouts, type SmtpSession, sessionOn } from './smtp-session.ts'
import { CertificateRefused, type TlsFailure } from './tls-failure.ts'

/** What about a host kept a session from coming about. */
type Fault = 'answer' | 'tls' | 'login'

/** No session came about: the next host of the route may be tried. */
export class SessionRefused extends Error {
  readonly fault: Fault
  readonly reply: Reply | null
  /** for the fault "tls" */
  readonly tlsFailure: TlsFailure | null

  constructor(fault: Fault, message: string, reply: Reply | null, tlsFailure: TlsFailure | null = null) {
    super(message)
    this.fault = fault
    this.reply = reply
    this.tlsFailure = tlsFailure
  }
}

export async function openSession(
  target: SessionTarget,
  heloName: string,
  timeouts: SessionTimeouts,
  cut: AbortSignal,
): Promise<SmtpSession> {
  const channel = await connectChannel(target.address, target.port, timeouts.connectMs, cut)
  try {
    await expectPositive(channel, 'greeting', timeouts.greetingMs)
    let extensions = await greet(channel, heloName, timeouts)
    if (target.tls !== 'none') {
      const isSecure = await secure(channel, target, extensions, timeouts)
      if (isSecure) extensions = await greet(channel, heloName, timeouts)
    }
    if (target.login) await identify(channel, target, extensions, timeouts)
    return sessionOn(channel, target, extensions, timeouts)
  } catch (error) {
    channel.close()
    throw error
  }
}

async function expectPositive(channel: SmtpChannel, what: string, timeoutMs: number): Promise<Reply> {
  const reply = await channel.readReply(timeoutMs)
  if (!isPositive(reply)) throw new SessionRefused('answer', `refused at ${what}`, reply)
  return reply
}

async function greet(channel: SmtpChannel, heloName: string, timeouts: SessionTimeouts): Promise<Extensions> {
  await channel.send(`EHLO ${heloName}\r\n`, timeouts.commandMs)
  const reply = await channel.readReply(timeouts.commandMs)
  if (isPositive(reply)) {
    return new Map(
      reply.lines.slice(1).map((line) => {
        const [keyword = '', ...parameters] = line.trim().split(' ')
        return [keyword.toUpperCase(), parameters.join(' ')]
      }),
    )
  }
  if (reply.code < 500) throw new SessionRefused('answer', 'refused at EHLO', reply)
  await channel.send(`HELO ${heloName}\r\n`, timeouts.commandMs)
  await expectPositive(channel, 'HELO', timeouts.commandMs)
  return new Map()
}

/** @returns whether the session is encrypted now */
async function secure(
  channel: SmtpChannel,
  target: SessionTarget,
  extensions: Extensions,
  timeouts: SessionTimeouts,
): Promise<boolean> {
  const mustBeValid = target.tls === 'required'
  if (!extensions.has('STARTTLS')) {
    if (!mustBeValid) return false
    throw new SessionRefused('tls', 'does not offer STARTTLS, which is required', null, 'starttls-not-supported')
  }
  await channel.send('STARTTLS\r\n', timeouts.commandMs)
  const reply = await channel.readReply(timeouts.commandMs)
  if (!isPositive(reply)) throw new SessionRefused('tls', 'refused STARTTLS', reply, 'starttls-not-supported')
  try {
    await channel.startTls({ serverName: target.hostName, mustBeValid }, timeouts.tlsMs)
    return true
  } catch (error) {
    const failure = error instanceof CertificateRefused ? error.failure : 'validation-failure'
    throw new SessionRefused('tls', `TLS failed: ${error instanceof Error ? error.message : error}`, null, failure)
  }
}

async function identify(
  channel: SmtpChannel,
  { tls, login }: SessionTarget,
  extensions: Extensions,
  timeouts: SessionTimeouts,
): Promise<void> {
  if (tls !== 'required' || login === null) throw new Error('a login without TLS that is required')
  const reply = await logIn(channel, login, extensions.get('AUTH') ?? '', timeouts.commandMs)
  if (reply === null) throw new SessionRefused('login', 'offers none of PLAIN, LOGIN and CRAM-MD5', null)
  if (!isPositive(reply)) throw new SessionRefused('login', 'refused the login', reply)
}

/** Opens a session with the first host of a route that takes one (RFC 5321 §5.1). */
import { openSession, SessionRefused } from './open-session.ts'
import type { SessionTarget } from './session-target.ts'
import { ChannelBroken } from './smtp-channel.ts'
import type { SessionTimeouts, SmtpSession } from './smtp-session.ts'
import type { TlsFailure } from './tls-failure.ts'

/** No host of the route took a session; `hostName` is the last one that was asked. */
export class NoHostAnswered extends Error {
  readonly hostName: string | null
  readonly replyCode: number | null
  /** RFC 3463; always temporary */
  readonly enhanced: string

  constructor(message: string, hostName: string | null, replyCode: number | null, enhanced = '4.4.1') {
    super(message)
    this.hostName = hostName
    this.replyCode = replyCode
    this.enhanced = enhanced
  }
}

export type ConnectParts = {
  readonly heloName: string
  readonly timeouts: SessionTimeouts
  /** see connectChannel */
  readonly cut: AbortSignal
  /** how the encryption with a host went, whatever became of the session: null is well */
  readonly onTlsTried: (failure: TlsFailure | null) => void
}

export async function connectRoute(targets: readonly SessionTarget[], parts: ConnectParts): Promise<SmtpSession> {
  let last: NoHostAnswered | null = null
  for (const target of targets) {
    try {
      return await openTolerantly(target, parts)
    } catch (error) {
      last = toNoHostAnswered(error, target.hostName)
    }
  }
  throw last ?? new NoHostAnswered('the route has no host', null, null)
}

/**
 * RFC 7435 opportunistic security: a host that offers TLS and then fails at it is asked again without, because the
 * alternative would be mail that never arrives. A smart host with "required" gets no such second chance.
 */
async function openTolerantly(target: SessionTarget, parts: ConnectParts): Promise<SmtpSession> {
  const { heloName, timeouts, cut, onTlsTried } = parts
  try {
    const session = await openSession(target, heloName, timeouts, cut)
    if (target.tls !== 'none') onTlsTried(session.tlsVersion ? session.certificateFailure : 'starttls-not-supported')
    return session
  } catch (error) {
    if (error instanceof SessionRefused && error.tlsFailure) onTlsTried(error.tlsFailure)
    if (target.tls !== 'opportunistic' || !(error instanceof SessionRefused) || error.fault !== 'tls') throw error
    return openSession({ ...target, tls: 'none' }, heloName, timeouts, cut)
  }
}

/** RFC 5248: encryption needed; our own credentials are not right. Both are ours to wait for, not the message's fault. */
const statusOfFault = { answer: '4.4.1', tls: '4.7.10', login: '4.7.8' } as const

function toNoHostAnswered(error: unknown, hostName: string): NoHostAnswered {
  if (error instanceof SessionRefused) {
    const { reply } = error
    const text = reply ? `${error.message}: ${reply.code} ${reply.text}` : error.message
    return new NoHostAnswered(text, hostName, reply?.code ?? null, statusOfFault[error.fault])
  }
  if (error instanceof ChannelBroken) return new NoHostAnswered(error.message, hostName, null)
  throw error
}

/** Opens a session with the first host of a route that takes one (RFC 5321 §5.1). */
import { ChannelBroken } from './smtp-channel.ts'
import {
  openSession,
  SessionRefused,
  type SessionTarget,
  type SessionTimeouts,
  type SmtpSession,
} from './smtp-session.ts'

/** No host of the route took a session; `hostName` is the last one that was asked. */
export class NoHostAnswered extends Error {
  readonly hostName: string | null
  readonly replyCode: number | null

  constructor(message: string, hostName: string | null, replyCode: number | null) {
    super(message)
    this.hostName = hostName
    this.replyCode = replyCode
  }
}

export async function connectRoute(
  targets: readonly SessionTarget[],
  heloName: string,
  timeouts: SessionTimeouts,
): Promise<SmtpSession> {
  let last: NoHostAnswered | null = null
  for (const target of targets) {
    try {
      return await openTolerantly(target, heloName, timeouts)
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
async function openTolerantly(
  target: SessionTarget,
  heloName: string,
  timeouts: SessionTimeouts,
): Promise<SmtpSession> {
  try {
    return await openSession(target, heloName, timeouts)
  } catch (error) {
    if (target.tls !== 'opportunistic' || !(error instanceof SessionRefused) || !error.isTlsFault) throw error
    return openSession({ ...target, tls: 'none' }, heloName, timeouts)
  }
}

function toNoHostAnswered(error: unknown, hostName: string): NoHostAnswered {
  if (error instanceof SessionRefused) {
    const { reply } = error
    const text = reply ? `${error.message}: ${reply.code} ${reply.text}` : error.message
    return new NoHostAnswered(text, hostName, reply?.code ?? null)
  }
  if (error instanceof ChannelBroken) return new NoHostAnswered(error.message, hostName, null)
  throw error
}

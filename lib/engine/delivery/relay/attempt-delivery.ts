/** One attempt to hand a claimed message to the next hop: what came out of it, recipient by recipient. */
import { CANCELLED_STATUS } from '#lib/mail/explain-status.ts'
import type { Claim } from '../../queue/claim.ts'
import type { AttemptFacts } from '../../queue/record-outcomes.ts'
import type { NoHostAnswered } from './connect-route.ts'
import { isPositive, isTransient, type Reply } from './reply.ts'
import type { Unroutable } from './resolve-route.ts'
import { ChannelBroken } from './smtp-channel.ts'
import { BrokenBeforeData, type SmtpSession } from './smtp-session.ts'
import { toWireForm } from './wire-form.ts'

export type AttemptVerdict = 'delivered' | 'deferred' | 'failed'

export type Attempt = AttemptFacts & {
  readonly verdict: AttemptVerdict
  /** the next hop sends the reports from here on (RFC 3461 §5.2.1) */
  readonly isReportHandedOver: boolean
}

const NOT_ASCII = /[^\x00-\x7f]/

/**
 * @param content as it leaves, signed
 * @param isFirstOfSession a session that breaks before its first message is a deferral like others
 * @throws BrokenBeforeData when a session that has carried messages carries no more
 */
export async function attemptDelivery(
  session: SmtpSession,
  claim: Claim,
  content: Buffer,
  isFirstOfSession: boolean,
): Promise<readonly Attempt[]> {
  const addresses = [claim.sender, ...claim.recipients.map(({ address }) => address)]
  const headerEnd = content.indexOf('\r\n\r\n')
  const header = content.subarray(0, headerEnd === -1 ? content.length : headerEnd)
  const needsUtf8 =
    addresses.some((address) => NOT_ASCII.test(address)) || (claim.utf8 && header.some((octet) => octet > 127))
  try {
    const replies = await session.sendMessage({
      sender: claim.sender,
      recipients: claim.recipients,
      wire: toWireForm(content),
      sizeBytes: content.length,
      eightBit: claim.eightBit,
      needsUtf8,
      envelopeId: claim.envelopeId,
      returnFull: claim.returnFull,
    })
    return replies.map((reply) => fromReply(session, reply))
  } catch (error) {
    if (!(error instanceof ChannelBroken)) throw error
    if (error instanceof BrokenBeforeData && !isFirstOfSession) throw error
    return claim.recipients.map(() =>
      deferral(session.target.hostName, session.tlsVersion, null, '4.4.2', error.message),
    )
  }
}

function fromReply(session: SmtpSession, reply: Reply): Attempt {
  const verdict = isPositive(reply) ? 'delivered' : isTransient(reply) ? 'deferred' : 'failed'
  return {
    verdict,
    remoteHost: session.target.hostName,
    tlsVersion: session.tlsVersion,
    replyCode: reply.code,
    enhancedStatus: reply.enhanced ?? `${Math.floor(reply.code / 100)}.0.0`,
    replyText: reply.text,
    isReportHandedOver: session.offersDsn,
  }
}

export function fromUnroutable(fault: Unroutable): Attempt {
  return {
    verdict: fault.isPermanent ? 'failed' : 'deferred',
    remoteHost: null,
    tlsVersion: null,
    replyCode: fault.code,
    enhancedStatus: fault.enhanced,
    replyText: fault.text,
    isReportHandedOver: false,
  }
}

/** An operator has given it up: no next hop was asked. */
export function fromCancellation(): Attempt {
  return {
    verdict: 'failed',
    remoteHost: null,
    tlsVersion: null,
    replyCode: null,
    enhancedStatus: CANCELLED_STATUS,
    replyText: '',
    isReportHandedOver: false,
  }
}

/** A greeting with 5xx is no answer about this message: other hosts, or the same one later, may take it. */
export function fromNoHost({ hostName, replyCode, enhanced, message }: NoHostAnswered): Attempt {
  return deferral(hostName, null, replyCode, enhanced, message)
}

/** RFC 3463 X.7.5: mail of ours that should carry a signature and cannot have one waits for the key. */
export function fromUnsigned(): Attempt {
  return deferral(null, null, null, '4.7.5', 'The message could not be signed (DKIM)')
}

function deferral(
  remoteHost: string | null,
  tlsVersion: string | null,
  replyCode: number | null,
  enhancedStatus: string,
  text: string,
): Attempt {
  const replyText = text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500)
  return {
    verdict: 'deferred',
    remoteHost,
    tlsVersion,
    replyCode,
    enhancedStatus,
    replyText,
    isReportHandedOver: false,
  }
}

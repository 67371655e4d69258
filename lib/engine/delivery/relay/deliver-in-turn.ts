/**
 * One lane of the relay: claims of one destination, one after the other over one session as long as it holds
 * (RFC 5321 §4.5.4.1 asks for few connections to one host).
 *
 * Guarantees: when the destination is not there, the rest of the lane is deferred at once instead of waiting for the
 * same time-out again and again; what was delivered is settled even if the database has to be waited for. What an
 * operator has held meanwhile is not sent, and what an operator has cancelled is reported instead.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Claim, openClaim, releaseLeases } from '../../queue/claim.ts'
import { noteReachable, noteUnreachable } from '../../queue/destinations.ts'
import { MessageDamaged, quarantine } from '../../queue/quarantine.ts'
import type { SignOutgoing } from '../dkim/sign-outgoing.ts'
import { type SettlementParts, settleClaim } from '../settle-claim.ts'
import type { SecureRoute } from '../tls-policy/secure-route.ts'
import type { StoredFolder } from '../write-plans.ts'
import {
  type Attempt,
  attemptDelivery,
  fromCancellation,
  fromNoHost,
  fromUnroutable,
  fromUnsigned,
} from './attempt-delivery.ts'
import { connectRoute, NoHostAnswered } from './connect-route.ts'
import { type RouteSettings, resolveRoute } from './resolve-route.ts'
import { BrokenBeforeData, type SessionTimeouts, type SmtpSession } from './smtp-session.ts'

export type LaneParts = SettlementParts & {
  readonly route: RouteSettings
  readonly heloName: string
  readonly signOutgoing: SignOutgoing
  readonly secureRoute: SecureRoute
  readonly timeouts: SessionTimeouts
  /** ends what is in flight */
  readonly cut: AbortSignal
  readonly onStored: (folder: StoredFolder) => void
  readonly onFault: (error: unknown) => void
}

const MAX_MESSAGES_PER_SESSION = 100
const SETTLE_TRIES = 60
const SETTLE_RETRY_MS = 1_000

/**
 * @param destination the domain of all the claims, or EVERY_DESTINATION with a smart host
 * @param done is called for every claim that `next` gave, however it ended
 */
export async function deliverInTurn(
  parts: LaneParts,
  destination: string,
  next: () => Claim | undefined,
  done: (claim: Claim) => void,
): Promise<void> {
  const lane = openLane(parts, destination)
  try {
    for (let claim = next(); claim !== undefined; claim = next()) {
      try {
        await deliverOne(parts, claim, lane)
      } catch (error) {
        parts.onFault(error) // the lease ends by itself and the claim is tried again
      } finally {
        done(claim)
      }
    }
  } finally {
    await lane.close()
  }
}

type Lane = ReturnType<typeof openLane>

async function deliverOne(parts: LaneParts, claim: Claim, lane: Lane): Promise<void> {
  const { content, isIntact, due, cancelled, withdrawnIds } = await openClaim(parts.database, claim)
  await releaseLeases(parts.database, withdrawnIds)
  if (cancelled.recipients.length > 0) {
    await settleForSure(parts, cancelled, content, cancelled.recipients.map(fromCancellation))
  }
  if (due.recipients.length === 0) return
  if (!isIntact) {
    await quarantine(parts.database, claim.messageId)
    throw new MessageDamaged(claim.messageId)
  }
  const signed = await parts.signOutgoing(due, content).catch((error: unknown) => {
    parts.onFault(error)
    return null
  })
  const attempts = signed ? await lane.deliver(due, signed) : due.recipients.map(fromUnsigned)
  await settleForSure(parts, due, content, attempts)
}

function openLane(parts: LaneParts, destination: string) {
  const { database, route, heloName, timeouts, cut, secureRoute, rules } = parts
  let session: SmtpSession | null = null
  let sentInSession = 0
  let unreachable: Attempt | null = null

  /** @returns null when there is a session now, otherwise why there is none */
  async function connect(domain: string): Promise<Attempt | null> {
    if (session?.isUsable && sentInSession < MAX_MESSAGES_PER_SESSION) return null
    await session?.quit()
    session = null
    const obstacle = await findSession(domain)
    if (obstacle === null) await noteReachable(database, destination)
    else if (obstacle.verdict === 'deferred' && !cut.aborted) await noteUnreachable(database, destination, rules())
    return obstacle
  }

  async function findSession(domain: string): Promise<Attempt | null> {
    const found = await resolveRoute(domain, route)
    if (found.kind === 'unroutable') return fromUnroutable(found.fault)
    const { targets, onTlsTried } = await secureRoute(domain, found.targets)
    if (targets.length === 0) return fromNoHost(policyNamesNone())
    try {
      session = await connectRoute(targets, { heloName, timeouts, cut, onTlsTried })
      sentInSession = 0
      return null
    } catch (error) {
      if (error instanceof NoHostAnswered) return fromNoHost(error)
      throw error
    }
  }

  async function deliver(claim: Claim, content: Buffer): Promise<readonly Attempt[]> {
    unreachable ??= await connect(claim.domain)
    const refusal = unreachable
    if (refusal !== null) return claim.recipients.map(() => refusal)
    if (session === null) throw new Error('a lane without a session')
    sentInSession += 1
    try {
      return await attemptDelivery(session, claim, content, sentInSession === 1)
    } catch (error) {
      if (!(error instanceof BrokenBeforeData)) throw error
      return deliver(claim, content) // over a new session: hosts may close after some messages
    }
  }

  return {
    deliver,
    async close() {
      await session?.quit()
      // Hosts limit the connections of one client: that one of ours was refused does not count while others carried mail.
      if (sentInSession > 0) await noteReachable(database, destination)
    },
  }
}

function policyNamesNone(): NoHostAnswered {
  return new NoHostAnswered('the MTA-STS policy of the domain names none of its mail hosts', null, null, '4.7.10')
}

/** The next hop has answered: to forget that would mean to send again. So the database is waited for. */
async function settleForSure(
  parts: LaneParts,
  claim: Claim,
  content: Buffer,
  attempts: readonly Attempt[],
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { folders } = await settleClaim(parts, claim, content, attempts)
      for (const folder of folders) parts.onStored(folder)
      return
    } catch (error) {
      if (tries === SETTLE_TRIES) throw error
      parts.onFault(error)
      await pause(SETTLE_RETRY_MS)
    }
  }
}

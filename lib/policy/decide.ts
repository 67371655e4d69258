/**
 * The one place where the policy is applied. Pure: the same question under the same document has the same answer,
 * so the portal's preview and the engine can never disagree. What is not allowed here is refused.
 */

import { domainToASCII } from 'node:url'
import { domainOf } from '#lib/mail/domain-of.ts'
import { networkList } from '#lib/mail/network-list.ts'
import type { Closures } from './closures.ts'
import { isReadingTime } from './inherited-password-rules.ts'
import { type LoginFacts, loginWaitSeconds } from './login-limits.ts'
import { type OldHostUse, oldHostServiceOf } from './old-host-rules.ts'
import type { ReasonId } from './reasons.ts'
import { type AddressUse, mayHaveRelayWindow } from './relay-window-rules.ts'
import type { ScanFindings } from './scan-rules.ts'
import type { ListenerName, LoginListenerName, PolicyDocument } from './schema.ts'
import { type SendingFacts, type SendingLimits, sendingLimitReached } from './sending-limits.ts'
import { isHarvesting, type StrangerConduct } from './stranger-rules.ts'

/**
 * By what right a session sends. `addresses` are those that it may send as, in lower case; `endedWithOldHost` is a
 * RelayWindow at the port where the old host no longer sends for its mailbox.
 */
export type Permission =
  | { readonly kind: 'none' | 'endedWithOldHost' }
  | { readonly kind: 'authenticated'; readonly addresses: readonly string[] }
  | { readonly kind: 'relayWindow'; readonly addresses: readonly string[] }

export type Question =
  | { readonly stage: 'connect'; readonly listener: ListenerName }
  | {
      readonly stage: 'authenticate'
      readonly listener: ListenerName
      readonly mechanism: string
      readonly tls: boolean
    }
  | ({ readonly stage: 'login' } & LoginFacts)
  /** a password that is no credential's may be that of the old system */
  | { readonly stage: 'inheritedPassword'; readonly listener: ListenerName; readonly at: Date }
  /** a mail program that comes by the old host's name or address has said whose mailbox it is about */
  | ({ readonly stage: 'oldHost'; readonly listener: ListenerName } & OldHostUse)
  | {
      readonly stage: 'openRelayWindow'
      readonly listener: ListenerName
      readonly optedIn: boolean
      readonly from: AddressUse
    }
  | {
      readonly stage: 'mail'
      readonly listener: ListenerName
      readonly permission: Permission
      readonly sender: string
      readonly declaredBytes: number | null
      /** who else is there, where a window is what gives the right */
      readonly from: AddressUse | null
    }
  | {
      readonly stage: 'rcpt'
      readonly listener: ListenerName
      readonly permission: Permission
      readonly target: 'local' | 'remote' | 'unknown'
      readonly targetIsFull: boolean
      readonly acceptedRecipients: number
    }
  | {
      readonly stage: 'data'
      readonly listener: ListenerName
      readonly permission: Permission
      readonly sizeBytes: number
      readonly headerFrom: readonly string[]
      /** what was found out about a message from outside; null where nothing was checked */
      readonly sender: SenderEvidence | null
    }
  /** a host from outside begins a message, or names a recipient */
  | {
      readonly stage: 'stranger'
      readonly address: string
      readonly listedBy: readonly string[]
      /** null for a host that is none */
      readonly conduct: StrangerConduct | null
    }
  | { readonly stage: 'greylist'; readonly waitSeconds: number }
  | { readonly stage: 'content'; readonly listener: ListenerName; readonly findings: ScanFindings }
  | ({ readonly stage: 'count'; readonly permission: Permission } & SendingFacts)
  /** a recipe passes somebody's mail on to elsewhere */
  | { readonly stage: 'forward'; readonly forwardedToday: number }

export type SenderEvidence = {
  readonly dmarc: string
  readonly requested: 'none' | 'quarantine' | 'reject'
  /** the one domain that DMARC sees in From, null where there is none; null as a whole when nobody looked */
  readonly author: { readonly domain: string | null } | null
}

/** A folder by what it is for (RFC 6154); a mailbox without it gets the message into its INBOX. */
export type SpecialUse = '\\Junk'

export type Verdict =
  | { readonly outcome: 'accept' }
  | {
      readonly outcome: 'defer' | 'reject'
      readonly reason: ReasonId
      /** for what ends by itself: until then */
      readonly waitSeconds?: number
      /** what the refusal is about, by name: a list, a virus */
      readonly about?: string
    }
  | { readonly outcome: 'file'; readonly specialUse: SpecialUse }
  | { readonly outcome: 'redirect'; readonly address: string }

const accept: Verdict = { outcome: 'accept' }
const reject = (reason: ReasonId): Verdict => ({ outcome: 'reject', reason })
const defer = (reason: ReasonId): Verdict => ({ outcome: 'defer', reason })

/** @param closures what maintenance has closed at this moment; whoever is let in nevertheless is judged as ever */
export function decide(question: Question, policy: PolicyDocument, closures: Closures = {}): Verdict {
  switch (question.stage) {
    case 'connect':
      return decideConnect(question, policy, closures)
    case 'authenticate':
      return decideAuthenticate(question, policy, closures)
    case 'login':
      return decideLogin(question, policy)
    case 'inheritedPassword':
      return decideInheritedPassword(question, policy)
    case 'oldHost':
      return decideOldHost(question, policy)
    case 'openRelayWindow':
      return decideOpenRelayWindow(question, policy)
    case 'mail':
      return decideMail(question, policy)
    case 'rcpt':
      return decideRcpt(question, policy)
    case 'data':
      return decideData(question, policy)
    case 'stranger':
      return decideStranger(question, policy)
    case 'greylist':
      return question.waitSeconds > 0
        ? { outcome: 'defer', reason: 'greylisted', waitSeconds: question.waitSeconds }
        : accept
    case 'content':
      return decideContent(question, policy)
    case 'count':
      return decideCount(question, policy)
    case 'forward':
      return question.forwardedToday < policy.recipes.maxForwardsPerDay ? accept : defer('forwardLimitReached')
    default:
      return reject('notDecided')
  }
}

export type Refusal = Pick<Extract<Verdict, { reason: ReasonId }>, 'reason' | 'waitSeconds' | 'about'>

/** @returns null for what may go on; what no rule has decided is refused as such */
export function refusalIn(verdict: Verdict): Refusal | null {
  if (verdict.outcome === 'accept') return null
  return 'reason' in verdict ? verdict : { reason: 'notDecided' }
}

/** How long a verdict asks to wait: 0 when it accepts, a second where it cannot say. */
export function waitSecondsOf(verdict: Verdict): number {
  if (verdict.outcome === 'accept') return 0
  return ('waitSeconds' in verdict && verdict.waitSeconds) || 1
}

type Asked<Stage extends Question['stage']> = Extract<Question, { stage: Stage }>

const mailListeners: readonly ListenerName[] = ['pop3', 'pop3s', 'imap', 'imaps']
const readingListeners: readonly ListenerName[] = [...mailListeners, 'managesieve']
const submissionListeners: readonly ListenerName[] = ['submission', 'submissions', 'submissionLegacy']

function isLoginListener(listener: ListenerName): listener is LoginListenerName {
  return listener !== 'mx' && listener !== 'smtp'
}

function decideConnect({ listener }: Asked<'connect'>, policy: PolicyDocument, closures: Closures): Verdict {
  const waitSeconds = closures[listener]
  if (waitSeconds !== undefined) return { outcome: 'defer', reason: 'underMaintenance', waitSeconds }
  return policy.listeners[listener].enabled ? accept : defer('listenerClosed')
}

function decideLogin(facts: Asked<'login'>, policy: PolicyDocument): Verdict {
  const waitSeconds = loginWaitSeconds(facts, policy.loginLimits)
  return waitSeconds > 0 ? { outcome: 'defer', reason: 'tooManyLogins', waitSeconds } : accept
}

function decideAuthenticate(asked: Asked<'authenticate'>, policy: PolicyDocument, closures: Closures): Verdict {
  const { listener, mechanism, tls } = asked
  if (!isLoginListener(listener)) return reject('authNotOffered')
  const open = decideConnect({ stage: 'connect', listener }, policy, closures)
  if (open.outcome !== 'accept') return open
  const rules = policy.listeners[listener]
  if (!(rules.mechanisms as readonly string[]).includes(mechanism)) return reject('mechanismNotAllowed')
  return rules.requireTls && !tls ? reject('tlsRequired') : accept
}

/** It reads and never sends: whoever sends by it could be anybody who has an old list of passwords. */
function decideInheritedPassword({ listener, at }: Asked<'inheritedPassword'>, policy: PolicyDocument): Verdict {
  const mayRead = mailListeners.includes(listener) && isReadingTime(policy.inheritedPasswords, at)
  return mayRead ? accept : reject('badCredentials')
}

/** The old host itself answers at `mx`: there, to accept means that a RelayWindow counts. */
function decideOldHost(asked: Asked<'oldHost'>, policy: PolicyDocument): Verdict {
  if (asked.listener === 'mx' && !policy.oldHost.sendsByMxPort) return reject('oldHostSendsNoMore')
  const service = oldHostServiceOf(asked, policy.oldHost)
  if (service === 'all') return accept
  if (!readingListeners.includes(asked.listener)) return reject('oldHostSendsNoMore')
  return service === 'receiveOnly' ? accept : reject('oldHostServesNoMore')
}

/** CRAM-MD5 and APOP need the password itself; it is kept only where something takes them. */
export function offersChallengeLogins({ listeners }: PolicyDocument): boolean {
  return Object.values(listeners).some(
    (rules) =>
      rules.enabled &&
      'mechanisms' in rules &&
      (['CRAM-MD5', 'APOP'] as const).some((name) => (rules.mechanisms as readonly string[]).includes(name)),
  )
}

/** Only a POP login opens a window (the notice: "メールを受信した際に"), and only for a mailbox that asked for it. */
function decideOpenRelayWindow({ listener, optedIn, from }: Asked<'openRelayWindow'>, policy: PolicyDocument): Verdict {
  const isPop = listener === 'pop3' || listener === 'pop3s'
  if (!isPop || !optedIn || !policy.popBeforeSmtp.enabled) return reject('popBeforeSmtpDisabled')
  return mayHaveRelayWindow(from, policy.popBeforeSmtp) ? accept : reject('relayWindowNotOffered')
}

function limitsOf(permission: Permission, policy: PolicyDocument): SendingLimits | null {
  if (permission.kind === 'authenticated') return policy.submission.limits
  if (permission.kind === 'relayWindow') return policy.popBeforeSmtp.limits
  return null
}

/** @returns null when the listener lets this session send at all */
function missingPermission(listener: ListenerName, permission: Permission, policy: PolicyDocument): Verdict | null {
  if (listener === 'mx') return null
  if (listener === 'smtp') {
    if (!policy.popBeforeSmtp.enabled) return reject('popBeforeSmtpDisabled')
    return permission.kind === 'relayWindow' ? null : reject('relayWindowMissing')
  }
  if (!submissionListeners.includes(listener)) return reject('notDecided')
  return permission.kind === 'authenticated' ? null : reject('authenticationRequired')
}

function owns(permission: Permission, address: string): boolean {
  return 'addresses' in permission && permission.addresses.includes(address.toLowerCase())
}

/**
 * The null sender is refused on submission: a person's client has no reason to send as nobody, and what comes back
 * could not be returned (RFC 6409 §6.1 lets a site enforce this).
 */
function decideMail(asked: Asked<'mail'>, policy: PolicyDocument): Verdict {
  const { listener, permission, sender, declaredBytes, from } = asked
  const { popBeforeSmtp } = policy
  if (popBeforeSmtp.enabled && from && !mayHaveRelayWindow(from, popBeforeSmtp)) return reject('relayWindowNotOffered')
  const missing = missingPermission(listener, permission, policy)
  if (missing) return missing
  if (listener !== 'mx' && !owns(permission, sender)) return reject('senderNotOwned')
  const maxBytes = limitsOf(permission, policy)?.maxMessageBytes ?? policy.inbound.maxMessageBytes
  return declaredBytes !== null && declaredBytes > maxBytes ? reject('messageTooLarge') : accept
}

function decideRcpt(asked: Asked<'rcpt'>, policy: PolicyDocument): Verdict {
  const { listener, permission, target, targetIsFull, acceptedRecipients } = asked
  const missing = missingPermission(listener, permission, policy)
  if (missing) return missing
  const limits = limitsOf(permission, policy)
  if (target === 'unknown') return reject('unknownRecipient')
  if (target === 'remote' && limits === null)
    return reject(permission.kind === 'endedWithOldHost' ? 'oldHostSendsNoMore' : 'relayDenied')
  const maxRecipients = limits?.maxRecipientsPerMessage ?? policy.inbound.maxRecipientsPerMessage
  if (acceptedRecipients >= maxRecipients) return defer('tooManyRecipients')
  return targetIsFull ? defer('mailboxFull') : accept
}

function decideData(asked: Asked<'data'>, policy: PolicyDocument): Verdict {
  const { listener, permission, sizeBytes, headerFrom } = asked
  const missing = missingPermission(listener, permission, policy)
  if (missing) return missing
  const maxBytes = limitsOf(permission, policy)?.maxMessageBytes ?? policy.inbound.maxMessageBytes
  if (sizeBytes > maxBytes) return reject('messageTooLarge')
  if (listener === 'mx' && permission.kind !== 'relayWindow') return decideSender(asked, policy)
  return headerFrom.every((address) => owns(permission, address)) ? accept : reject('senderNotOwned')
}

/** Only a plain failure counts: what could not be found out ("temperror") rejects nothing. */
function decideSender({ sender, headerFrom }: Asked<'data'>, policy: PolicyDocument): Verdict {
  if (policy.inbound.senderChecks !== 'follow' || sender === null) return accept
  if (sender.author !== null && !isOneAuthor(headerFrom, sender.author.domain)) return reject('authorUnclear')
  if (sender.dmarc !== 'fail') return accept
  if (sender.requested === 'reject') return reject('senderForged')
  return sender.requested === 'quarantine' ? { outcome: 'file', specialUse: '\\Junk' } : accept
}

/**
 * DMARC protects the domain that it sees in From. Where From names several, or people would read another one than it does,
 * it protects nobody (RFC 9989 §5.3.1, §11.5).
 */
function isOneAuthor(headerFrom: readonly string[], domain: string | null): boolean {
  return domain !== null && headerFrom.every((address) => domainToASCII(domainOf(address)) === domainToASCII(domain))
}

function decideStranger(asked: Asked<'stranger'>, { strangers, inbound }: PolicyDocument): Verdict {
  const { address, listedBy, conduct } = asked
  const refusing = listedBy.find((zone) => strangers.rejectLists.includes(zone))
  if (refusing !== undefined) return { outcome: 'reject', reason: 'blocklisted', about: refusing }
  const deferring = listedBy.find((zone) => strangers.deferLists.includes(zone))
  if (deferring !== undefined) return { outcome: 'defer', reason: 'blocklistedForNow', about: deferring }
  const isTrusted = networkList(inbound.trustedNetworks).includes(address)
  if (conduct === null || isTrusted || !isHarvesting(address, conduct, strangers)) return accept
  return { outcome: 'defer', reason: 'addressHarvesting', waitSeconds: conduct.waitSeconds }
}

/** Spam from outside is a matter of taste; from a subscriber only what the scanner is sure of is refused. */
function decideContent({ listener, findings }: Asked<'content'>, { scanning }: PolicyDocument): Verdict {
  const { virus, spam } = findings
  if (virus.kind === 'found') return { outcome: 'reject', reason: 'virusFound', about: virus.name }
  const isAway = virus.kind === 'unknown' || spam.kind === 'unknown'
  if (isAway && scanning.whenAway === 'defer') return defer('scannerAway')
  if (spam.kind !== 'scored' || spam.advice === 'accept') return accept
  if (spam.advice === 'refuse') return reject('spamRefused')
  if (spam.advice === 'later') return defer('spamDeferred')
  if (listener !== 'mx') return accept
  return scanning.spam === 'refuse' ? reject('spamRefused') : { outcome: 'file', specialUse: '\\Junk' }
}

function decideCount(asked: Asked<'count'>, policy: PolicyDocument): Verdict {
  const limits = limitsOf(asked.permission, policy)
  if (limits === null) return reject('relayDenied')
  if (asked.isHeld) return defer('sendingHeld')
  const { inWindow } = asked.sent
  const { maxMessagesPerWindow, maxRecipientsPerWindow } = policy.popBeforeSmtp
  const isWindowUsedUp =
    inWindow.messages >= maxMessagesPerWindow || inWindow.recipients + asked.recipients > maxRecipientsPerWindow
  if (asked.permission.kind === 'relayWindow' && isWindowUsedUp) return defer('windowLimitReached')
  const reached = sendingLimitReached(asked, limits)
  return reached === null ? accept : { outcome: 'defer', ...reached }
}

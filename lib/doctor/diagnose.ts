/**
 * From what happened to what is wrong. Pure: the events of one attempt, and what is known of the person, in; one
 * diagnosis out. A refusal's reason decides first; names, windows and hosts tell its causes apart.
 */
import { parseLoginName } from '#lib/mail/login-name.ts'
import type { Mishap } from '#lib/mail/mishap.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { type Attempt, type AttemptEvent, decisiveEvent, isCutOff } from './attempt.ts'
import { type DiagnosisId, diagnoses, type Tone } from './diagnoses.ts'
import type { DoctorFacts, MailboxFacts } from './facts.ts'

export type Diagnosis = {
  readonly id: DiagnosisId
  readonly tone: Tone
  /** the mailbox that it is about, where it is the person's own */
  readonly mailbox: MailboxFacts | null
  /** when a window ended */
  readonly endedAt: Date | null
}

type Found = DiagnosisId | { readonly id: DiagnosisId; readonly mailbox?: MailboxFacts; readonly endedAt?: Date }
type Judge = (event: AttemptEvent, facts: DoctorFacts) => Found

const onMx = ({ listener }: AttemptEvent) => listener === 'mx'

/** What is not here says enough by itself. */
const byReason: Readonly<Partial<Record<ReasonId, DiagnosisId | Judge>>> = {
  authNotOffered: (event) => (onMx(event) ? 'oldHost' : 'authOnSmtp'),
  authenticationRequired: ({ tlsVersion }) => (tlsVersion === null ? 'noTls' : 'authOff'),
  tlsRequired: 'noTls',
  mechanismNotAllowed: ({ mechanism }) => methodFault(mechanism ?? 'APOP'),
  badCredentials: (event, facts) => (event.isCheck ? 'checkSeen' : nameOrPasswordFault(event, facts)),
  tooManyLogins: 'blockedForNow',
  secretNotRecoverable: 'secretNotRecoverable',
  channelMismatch: 'channelMismatch',
  credentialRevoked: 'credentialRevoked',
  credentialExpired: 'credentialExpired',
  wrongScope: 'wrongScope',
  mailboxSuspended: 'mailboxSuspended',
  oldHostServesNoMore: 'oldHost',
  oldHostSendsNoMore: 'oldHost',
  popBeforeSmtpDisabled: 'popBeforeSmtpDisabled',
  relayWindowMissing: windowFault,
  relayWindowNotOffered: 'sharedAddress',
  windowLimitReached: 'sendingLimit',
  senderNotOwned: 'senderNotOwned',
  virusFound: 'virusFound',
  scannerAway: 'serviceTrouble',
  relayDenied: 'oldHost',
  unknownRecipient: 'recipientUnknown',
  mailboxFull: 'recipientFull',
  messageTooLarge: 'messageTooLarge',
  tooManyRecipients: 'tooManyRecipients',
  sendingLimitReached: 'sendingLimit',
  credentialLimitReached: 'sendingLimit',
  newCorrespondentsReached: 'sendingLimit',
  abroadLimitReached: 'sendingLimit',
  tooManyBounces: 'sendingHeld',
  sendingHeld: 'sendingHeld',
  policyUnavailable: 'serviceTrouble',
  serviceUnavailable: 'serviceTrouble',
  listenerClosed: 'serviceTrouble',
}

const byMishap: Readonly<Record<Mishap, DiagnosisId | Judge>> = {
  tlsTooOld: 'tlsTooOld',
  tlsFailed: 'tlsFailed',
  certificateRefused: certificateFault,
  certificateOutdated: 'clockWrong',
  tlsOnPlainPort: 'tlsOnPlainPort',
  plainOnTlsPort: 'plainOnTlsPort',
  leftWithoutWord: (event, facts) => (event.tlsVersion === null ? 'leftAtGreeting' : certificateFault(event, facts)),
  foreignProtocol: 'foreignProtocol',
  wrongService: 'wrongService',
  crowded: 'crowded',
}

export function diagnose(attempt: Attempt, facts: DoctorFacts): Diagnosis {
  const event = decisiveEvent(attempt)
  const found = event === undefined ? 'otherRefusal' : judge(event, attempt, facts)
  const { id, mailbox, endedAt } = typeof found === 'string' ? { id: found } : found
  const own = mailbox ?? facts.mailboxes.find((one) => attempt.events.some(({ mailboxId }) => mailboxId === one.id))
  // What works over a host that will go away is no fault yet.
  const isSuccess = event?.kind === 'login' || event?.kind === 'accepted' || event?.kind === 'relayWindowOpened'
  const { tone } = diagnoses[id]
  return {
    id,
    tone: isSuccess && tone === 'bad' ? 'waiting' : tone,
    mailbox: own ?? null,
    endedAt: endedAt ?? null,
  }
}

function judge(event: AttemptEvent, attempt: Attempt, facts: DoctorFacts): Found {
  const answer = (entry: DiagnosisId | Judge) => (typeof entry === 'string' ? entry : entry(event, facts))
  if (event.mishap !== null) return answer(byMishap[event.mishap])
  if (event.reason !== null) return answer(byReason[event.reason] ?? 'otherRefusal')
  if (isCutOff(event)) return 'cutOffWhileSending'
  if (event.kind === 'accepted') return hostFault(event, facts) ?? 'works'
  if (event.kind === 'login' || event.kind === 'relayWindowOpened') return hostFault(event, facts) ?? 'loggedIn'
  return event.kind === 'refusal' ? 'otherRefusal' : leavingFault(event, attempt, facts)
}

/** Nobody refused anything: the mail program went away by itself. */
function leavingFault(event: AttemptEvent, { events }: Attempt, facts: DoctorFacts): Found {
  const lastWord = events.flatMap(({ transcript }) => transcript).findLast((line) => line.startsWith('C: ')) ?? ''
  if (event.tlsVersion === null) return 'noTls'
  return /\b(?:STARTTLS|STLS)$/.test(lastWord) ? certificateFault(event, facts) : 'leftBeforeLogin'
}

const windowsOnly = /^(?:NTLM|GSSAPI|GSS-SPNEGO|KERBEROS_V4|MSN)$/
const challenges = /^(?:CRAM-MD5|DIGEST-MD5|APOP)$/

function methodFault(mechanism: string): DiagnosisId {
  if (windowsOnly.test(mechanism)) return 'ntlmTried'
  if (/^X?OAUTH/.test(mechanism)) return 'oauthTried'
  return challenges.test(mechanism) ? 'challengeNotOffered' : 'methodNotOffered'
}

function nameOrPasswordFault({ mailboxId, loginName }: AttemptEvent, { mailboxes, realm }: DoctorFacts): Found {
  if (mailboxes.some(({ id }) => id === mailboxId)) return 'wrongPassword'
  const name = parseLoginName(loginName, realm)?.name
  const mailbox = mailboxes.find(({ names }) => name !== undefined && names.includes(name))
  if (mailbox === undefined) return 'userNameUnknown'
  return { id: /[@%]/.test(loginName) ? 'userNameWrongDomain' : 'userNameNeedsDomain', mailbox }
}

function windowFault({ at, mailboxId }: AttemptEvent, { mailboxes }: DoctorFacts): Found {
  const mailbox = mailboxes.find(({ id }) => id === mailboxId)
  if (mailbox === undefined) return 'sentBeforeReceiving'
  if (!mailbox.popBeforeSmtp) return { id: 'popBeforeSmtpNotChosen', mailbox }
  const known = mailbox.windows.filter(({ openedAt }) => openedAt <= at)
  if (known.some(({ expiresAt }) => expiresAt > at)) return { id: 'receivedElsewhere', mailbox }
  const last = known.toSorted((one, other) => other.expiresAt.getTime() - one.expiresAt.getTime())[0]
  if (last !== undefined) return { id: 'windowExpired', mailbox, endedAt: last.expiresAt }
  return { id: mailbox.imapLogins.some((login) => login.at <= at) ? 'receivedByImap' : 'sentBeforeReceiving', mailbox }
}

function certificateFault({ serverName }: AttemptEvent, { hosts }: DoctorFacts): DiagnosisId {
  const isOurs = serverName === null || Object.values(hosts).includes(serverName.toLowerCase())
  return isOurs ? 'certificateRefused' : 'certificateName'
}

export function hostOf(listener: ListenerName, hosts: DoctorFacts['hosts']): string {
  if (listener === 'mx') return hosts.old
  if (listener === 'smtp') return hosts.smtp
  return listener.startsWith('submission') ? hosts.smtpa : hosts.pop
}

/** The name that the mail program asked for, where it is another one of ours. */
function hostFault({ serverName, listener }: AttemptEvent, { hosts }: DoctorFacts): DiagnosisId | null {
  const name = serverName?.toLowerCase()
  if (name === undefined || name === hostOf(listener, hosts)) return null
  if (name === hosts.old) return 'oldHost'
  return Object.values(hosts).includes(name) ? 'wrongHost' : null
}

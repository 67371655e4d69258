/**
 * Why the engine refused, as a closed list. Each reason has the reply that goes on the wire (RFC 5321 §4.2, RFC 3463,
 * RFC 5248) and the short code of the page that explains it. Wire text is ASCII: old clients show it as it is.
 */
import { toJapanTime } from '#lib/clock/japan-time.ts'

export const guideCodes = ['S1', 'P1', 'P2', 'P3', 'A1', 'A2', 'A3', 'L1', 'L2', 'L3', 'M1', 'R1', 'V1', 'H1'] as const
export type GuideCode = (typeof guideCodes)[number]

/** Names that refusals mention; all of them are configuration. */
export type ReasonContext = {
  readonly hosts: { readonly old: string; readonly pop: string; readonly smtp: string; readonly smtpa: string }
  readonly portalUrl: string
  readonly windowSeconds: number
  /** for refusals that end by themselves: when */
  readonly waitSeconds?: number
  readonly endsAt?: Date
  /** what the refusal is about, by name */
  readonly about?: string
}

export type Reason = {
  readonly code: number
  readonly enhanced: string
  readonly guide: GuideCode | null
  readonly text: (context: ReasonContext) => string
}

const minutes = (seconds: number) => Math.round(seconds / 60)

function later(seconds: number | undefined): string {
  if (seconds === undefined) return 'later'
  const count = Math.ceil(seconds / 60)
  if (count > 90) return `in ${Math.ceil(count / 60)} hours`
  return count === 1 ? 'in a minute' : `in ${count} minutes`
}

/** "2026-11-24 23:00 +0900" */
function japanClock(moment: Date): string {
  return `${toJapanTime(moment).replace('T', ' ')} +0900`
}

/** In words and by the clock of Japan: "in 25 minutes (2026-11-24 23:00 +0900)". */
function sendAgain({ waitSeconds, endsAt }: ReasonContext): string {
  if (endsAt === undefined) return `you can send again ${later(waitSeconds)}`
  return `you can send again ${later(waitSeconds)} (${japanClock(endsAt)})`
}

/** What a refusal that ends by itself says of its end. */
export function endAfter(waitSeconds: number | null | undefined): Pick<ReasonContext, 'waitSeconds' | 'endsAt'> {
  if (waitSeconds === null || waitSeconds === undefined) return {}
  return { waitSeconds, endsAt: new Date(Date.now() + waitSeconds * 1_000) }
}

export const reasons = {
  policyUnavailable: {
    code: 451,
    enhanced: '4.3.0',
    guide: null,
    text: () => 'Rules are not loaded yet, try again in a minute',
  },
  serviceUnavailable: {
    code: 454,
    enhanced: '4.7.0',
    guide: null,
    text: () => 'Login is not possible right now, try again in a minute',
  },
  listenerClosed: { code: 421, enhanced: '4.3.2', guide: null, text: () => 'This service is closed at the moment' },
  underMaintenance: {
    code: 421,
    enhanced: '4.3.2',
    guide: null,
    text: ({ endsAt }) =>
      `Closed for maintenance${endsAt === undefined ? '' : ` until ${japanClock(endsAt)}`}, nothing is lost, try again then`,
  },
  notDecided: { code: 550, enhanced: '5.7.1', guide: null, text: () => 'Not allowed' },

  authenticationRequired: {
    code: 530,
    enhanced: '5.7.0',
    guide: 'A1',
    text: ({ hosts }) => `Authentication required: turn on SMTP AUTH for ${hosts.smtpa} in your mail program`,
  },
  authNotOffered: {
    code: 503,
    enhanced: '5.5.1',
    guide: 'S1',
    text: ({ hosts }) => `No SMTP AUTH on ${hosts.smtp}: set the outgoing server to ${hosts.smtpa}`,
  },
  tlsRequired: {
    code: 530,
    enhanced: '5.7.0',
    guide: 'A2',
    text: () => 'Turn on SSL/TLS in your mail program before logging in',
  },
  mechanismNotAllowed: {
    code: 504,
    enhanced: '5.5.4',
    guide: 'A3',
    text: () => 'This login method is not offered here',
  },
  badCredentials: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  tooManyLogins: {
    code: 454,
    enhanced: '4.7.0',
    guide: 'L2',
    text: ({ waitSeconds }) => `Too many wrong passwords, try again ${later(waitSeconds)}`,
  },
  secretNotRecoverable: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  channelMismatch: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  credentialRevoked: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  credentialExpired: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  wrongScope: { code: 535, enhanced: '5.7.8', guide: 'A1', text: () => 'User name or password is not right' },
  // Said only to who has proved to know the password.
  mailboxSuspended: {
    code: 535,
    enhanced: '5.7.13',
    guide: null,
    text: ({ portalUrl }) => `This mailbox is suspended, nothing is lost, sign in to ${portalUrl} to read why`,
  },

  oldHostServesNoMore: {
    code: 550,
    enhanced: '5.7.1',
    guide: 'H1',
    text: ({ hosts }) => `${hosts.old} is no longer in use: set the incoming server to ${hosts.pop}`,
  },
  oldHostSendsNoMore: {
    code: 550,
    enhanced: '5.7.1',
    guide: 'H1',
    text: ({ hosts }) => `${hosts.old} no longer sends mail: set the outgoing server to ${hosts.smtpa} with SMTP AUTH`,
  },

  popBeforeSmtpDisabled: {
    code: 530,
    enhanced: '5.7.0',
    guide: 'P1',
    text: ({ hosts }) => `Sending through ${hosts.smtp} is turned off: use ${hosts.smtpa} with SMTP AUTH`,
  },
  relayWindowMissing: {
    code: 530,
    enhanced: '5.7.0',
    guide: 'P2',
    text: ({ hosts, windowSeconds }) =>
      `Receive your mail from ${hosts.pop} first, then send within ${minutes(windowSeconds)} minutes`,
  },
  relayWindowNotOffered: {
    code: 530,
    enhanced: '5.7.0',
    guide: 'P3',
    text: ({ hosts }) => `Your connection is shared with others: send through ${hosts.smtpa} with SMTP AUTH`,
  },
  senderNotOwned: {
    code: 553,
    enhanced: '5.7.1',
    guide: 'R1',
    text: () => 'The sender address does not belong to your account',
  },
  senderForged: {
    code: 550,
    enhanced: '5.7.26',
    guide: null,
    text: () => 'The domain in From asks to refuse mail that fails SPF and DKIM (DMARC), as this message does',
  },
  authorUnclear: {
    code: 550,
    enhanced: '5.7.1',
    guide: null,
    text: () => 'The message needs one From field that can be read and names one domain',
  },
  blocklisted: {
    code: 550,
    enhanced: '5.7.1',
    guide: null,
    text: ({ about }) => `Your address is listed by ${about}: have it removed there, or send through your provider`,
  },
  blocklistedForNow: {
    code: 450,
    enhanced: '4.7.1',
    guide: null,
    text: ({ about }) => `Your address is listed by ${about}, try again when it no longer is`,
  },
  greylisted: {
    code: 451,
    enhanced: '4.7.1',
    guide: null,
    text: ({ waitSeconds }) => `We do not know you yet, try again ${later(waitSeconds)} (greylisting)`,
  },
  addressHarvesting: {
    code: 450,
    enhanced: '4.7.1',
    guide: null,
    text: ({ waitSeconds }) =>
      `Too many recipients that do not exist from your address, try again ${later(waitSeconds)}`,
  },
  virusFound: {
    code: 550,
    enhanced: '5.7.1',
    guide: 'V1',
    text: ({ about }) => `The message carries a virus (${about}) and was not accepted`,
  },
  spamRefused: {
    code: 550,
    enhanced: '5.7.1',
    guide: null,
    text: () => 'The message looks like spam and was not accepted, write to the recipient in another way',
  },
  spamDeferred: {
    code: 451,
    enhanced: '4.7.1',
    guide: null,
    text: () => 'We are not sure about this message, try again in some minutes',
  },
  scannerAway: {
    code: 451,
    enhanced: '4.7.1',
    guide: null,
    text: () => 'The message cannot be checked right now, nothing was lost, try again in some minutes',
  },
  relayDenied: { code: 550, enhanced: '5.7.1', guide: 'R1', text: () => 'Relaying denied' },
  unknownRecipient: { code: 550, enhanced: '5.1.1', guide: 'R1', text: () => 'No such mailbox here' },
  mailboxFull: { code: 452, enhanced: '4.2.2', guide: null, text: () => 'The mailbox of this recipient is full' },
  messageTooLarge: {
    code: 552,
    enhanced: '5.3.4',
    guide: 'M1',
    text: () => 'The message is larger than this server accepts',
  },
  tooManyRecipients: { code: 452, enhanced: '4.5.3', guide: 'L1', text: () => 'Too many recipients in one message' },
  recipeFailed: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'The recipe failed, the message was kept' },
  recipeFolderMissing: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'The folder of a recipe is missing' },
  recipeRefusalKept: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'Kept: the sender is not confirmed' },
  forwardNotConfirmed: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'The new address has not agreed yet' },
  forwardUnknown: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'The new address does not exist' },
  forwardLimitReached: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'Enough forwarded today, it was kept' },
  forwardLoop: { code: 250, enhanced: '2.0.0', guide: null, text: () => 'The message came back, it was kept' },
  sendingLimitReached: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L1',
    text: (context) => `Sending limit reached, ${sendAgain(context)}`,
  },
  credentialLimitReached: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L1',
    text: (context) => `Sending limit of this password reached, ${sendAgain(context)}`,
  },
  newCorrespondentsReached: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L1',
    text: (context) => `Too many addresses that you have not written to before, ${sendAgain(context)}`,
  },
  abroadLimitReached: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L1',
    text: (context) => `Sending limit from other networks than ours reached, ${sendAgain(context)}`,
  },
  windowLimitReached: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L1',
    text: ({ hosts }) => `Enough sent for now: receive your mail from ${hosts.pop} again, then send the rest`,
  },
  tooManyBounces: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L3',
    text: () => 'Too many of your messages could not be delivered',
  },
  sendingHeld: {
    code: 450,
    enhanced: '4.7.1',
    guide: 'L3',
    text: () => 'Sending is on hold because your limits were reached repeatedly, please call the support desk',
  },
} satisfies Record<string, Reason>

export type ReasonId = keyof typeof reasons

/** The sentence for the wire, with the address of the page that explains it. */
export function reasonText(id: ReasonId, context: ReasonContext): string {
  const reason: Reason = reasons[id]
  const sentence = reason.text(context)
  return reason.guide === null ? sentence : `${sentence}. See ${context.portalUrl}/g/${reason.guide}`
}

/** For a reader of stored events: is this one of ours? */
export function isReasonId(text: string): text is ReasonId {
  return Object.hasOwn(reasons, text)
}

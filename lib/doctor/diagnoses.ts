/** Everything that the doctor can say: how it stands, which field of the mail program to change, and the help page. */
import type { HelpCode } from '#lib/guides/help-codes.ts'

export const fields = [
  'incomingServer',
  'outgoingServer',
  'port',
  'encryption',
  'outgoingAuth',
  'authMethod',
  'userName',
  'password',
  'sender',
  'recipient',
  'attachment',
  'clock',
  'order',
] as const
export type Field = (typeof fields)[number]

export type Tone = 'good' | 'waiting' | 'bad'

type Nature = { readonly tone: Tone; readonly field: Field | null; readonly guide: HelpCode | null }

const bad = (field: Field | null, guide: HelpCode | null = null): Nature => ({ tone: 'bad', field, guide })
const good: Nature = { tone: 'good', field: null, guide: null }
const waiting = (guide: HelpCode | null = null, field: Field | null = null): Nature => ({
  tone: 'waiting',
  field,
  guide,
})

export const diagnoses = {
  works: good,
  loggedIn: good,
  checkSeen: good,

  oldHost: bad('outgoingServer', 'H1'),
  wrongHost: bad('outgoingServer'),
  authOnSmtp: bad('outgoingServer', 'S1'),
  wrongService: bad('port'),
  foreignProtocol: bad('port'),
  leftAtGreeting: bad('port'),
  leftBeforeLogin: bad('userName'),
  crowded: waiting(),

  noTls: bad('encryption', 'A2'),
  tlsTooOld: bad('encryption', 'A2'),
  tlsFailed: bad('encryption'),
  plainOnTlsPort: bad('encryption'),
  tlsOnPlainPort: bad('encryption'),
  certificateRefused: bad('encryption'),
  certificateName: bad('outgoingServer', 'H1'),
  clockWrong: bad('clock'),

  authOff: bad('outgoingAuth', 'A1'),
  ntlmTried: bad('authMethod', 'A3'),
  oauthTried: bad('authMethod', 'A3'),
  challengeNotOffered: bad('authMethod', 'A3'),
  methodNotOffered: bad('authMethod', 'A3'),
  secretNotRecoverable: bad('authMethod', 'A3'),
  channelMismatch: bad('encryption'),

  userNameNeedsDomain: bad('userName', 'A1'),
  userNameWrongDomain: bad('userName', 'A1'),
  userNameUnknown: bad('userName', 'A1'),
  wrongPassword: bad('password', 'A1'),
  credentialRevoked: bad('password', 'A4'),
  credentialExpired: bad('password', 'A4'),
  wrongScope: bad('password', 'A5'),
  mailboxSuspended: bad(null),
  blockedForNow: waiting('L2', 'password'),

  popBeforeSmtpDisabled: bad('outgoingServer', 'P1'),
  popBeforeSmtpNotChosen: bad('outgoingServer', 'P1'),
  sentBeforeReceiving: bad('order', 'P2'),
  windowExpired: bad('order', 'P2'),
  receivedElsewhere: bad('order', 'P2'),
  receivedByImap: bad('order', 'P2'),
  sharedAddress: bad('outgoingServer', 'P3'),

  senderNotOwned: bad('sender', 'R1'),
  recipientUnknown: bad('recipient', 'R1'),
  recipientFull: waiting(),
  messageTooLarge: bad('attachment', 'M1'),
  tooManyRecipients: bad('recipient', 'L1'),
  sendingLimit: waiting('L1'),
  sendingHeld: bad(null, 'L3'),
  virusFound: bad('attachment', 'V1'),
  cutOffWhileSending: bad(null),

  serviceTrouble: waiting(),
  otherRefusal: bad(null),
} as const satisfies Record<string, Nature>

export type DiagnosisId = keyof typeof diagnoses

/** What a door hands over at the end of DATA, and how the hand-over may be refused. */
import type { SpecialUse } from '#lib/policy/decide.ts'
import type { ReasonId } from '#lib/policy/reasons.ts'
import type { ScanFindings } from '#lib/policy/scan-rules.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import type { ResolvedRecipient } from './resolve-recipient.ts'

export type DsnNotify = 'never' | 'success' | 'failure' | 'delay'

export type AcceptedRecipient = {
  /** as the client wrote it at RCPT */
  readonly address: string
  readonly target: ResolvedRecipient
  /** RFC 3461 §4.1; empty when the client said nothing */
  readonly notify: readonly DsnNotify[]
  /** RFC 3461 §4.2 ORCPT as received ("rfc822;" and xtext), or null */
  readonly originalRecipient: string | null
}

/** The subscriber who submits, and by what. */
export type MessageOwner = {
  readonly mailboxId: number
  readonly credentialId?: string
  /** its own address first; a policy may rule for a part of the domains */
  readonly addresses?: readonly string[]
  /** the RelayWindow, if it is one: where and when it was opened */
  readonly windowId?: string
  readonly isFromAbroad?: boolean
}

export type AcceptedMessage = {
  /** envelope sender; empty for <> */
  readonly sender: string
  readonly recipients: readonly AcceptedRecipient[]
  /** the received bytes: CRLF line ends only, CRLF at the end */
  readonly content: Buffer
  /** the header fields that we add, our Received and what the checks of the sender found, each with its CRLF */
  readonly traceHeader: Buffer
  /** "dsn": the engine itself wrote this message */
  readonly listener: ListenerName | 'dsn'
  /** null for mail from outside and for our own */
  readonly owner: MessageOwner | null
  /** RFC 3461 §4.4 ENVID as received (xtext), or null */
  readonly envelopeId: string | null
  /** RFC 3461 §4.3 RET=FULL */
  readonly returnFull: boolean
  /** the client asked for SMTPUTF8 (RFC 6531) */
  readonly utf8: boolean
  /** null: the INBOX */
  readonly fileInto: SpecialUse | null
  /** what the scanners said; null for what was not shown to them */
  readonly scanned: ScanFindings | null
  /** a report about this message reaches who really sent it: a subscriber of ours, or a sender that SPF confirms */
  readonly isSenderConfirmed: boolean
  /** an octet above 127 is in the content */
  readonly eightBit: boolean
}

/** The whole message is refused for a reason that the client may know. Any other exception means: try again later. */
export class DeliveryRefused extends Error {
  readonly reason: ReasonId
  /** for what ends by itself: until then */
  readonly waitSeconds: number | null

  constructor(reason: ReasonId, waitSeconds: number | null = null) {
    super(`message refused: ${reason}`)
    this.name = 'DeliveryRefused'
    this.reason = reason
    this.waitSeconds = waitSeconds
  }
}

/** Everybody whom the message was for refused it by a recipe (RFC 5429 §2.1): the sender hears why, in the session. */
export class RefusedByRecipients extends Error {
  readonly text: string

  constructor(text: string) {
    super('all recipients refuse the message by a recipe')
    this.name = 'RefusedByRecipients'
    this.text = text
  }
}

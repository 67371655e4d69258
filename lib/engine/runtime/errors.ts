/** What can go wrong between a session and its wire. A protocol catches these and nothing else of the runtime. */
import type { Mishap } from '#lib/mail/mishap.ts'

/** Why a session is asked to end. */
export type InterruptReason = 'accessChanged' | 'endedByOwner' | 'draining' | 'clash' | 'maintenance'

export class WireError extends Error {}

/** The line was longer than the protocol allows; all of it has been read and dropped. */
export class LineTooLong extends WireError {}

/** The line ended with LF alone; it has been read and dropped. */
export class BareLineFeed extends WireError {}

/** The peer is gone, or has said all it will say. */
export class InputEnded extends WireError {}

/** Too much else was coming in at the same time; it has been read and dropped. */
export class NoRoom extends WireError {}

export class TimedOut extends WireError {}

/** Bytes were waiting behind STARTTLS: somebody speaks in the client's place. The connection is already closed. */
export class PlaintextAfterStartTls extends WireError {}

export class HandshakeFailed extends WireError {
  readonly mishap: Mishap

  constructor(mishap: Mishap) {
    super(`the TLS handshake failed: ${mishap}`)
    this.mishap = mishap
  }
}

export class SessionInterrupted extends WireError {
  readonly reason: InterruptReason

  constructor(reason: InterruptReason) {
    super(`session interrupted: ${reason}`)
    this.reason = reason
  }
}

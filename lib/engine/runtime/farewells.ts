/** What a session that the server ends is told, in the same words by every protocol that reads mail. */
import type { InterruptReason } from './errors.ts'

const restarting = 'The server is restarting, connect again in a minute'

export const farewells: Readonly<Record<InterruptReason, string>> = {
  accessChanged: 'This password is no longer valid',
  endedByOwner: 'This connection was ended in the portal',
  draining: restarting,
  clash: restarting,
  maintenance: restarting,
}

/** It comes back by itself: nothing about the login has changed. */
export const isPassing = (reason: InterruptReason) => reason !== 'accessChanged' && reason !== 'endedByOwner'

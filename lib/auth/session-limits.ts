/** How long a signed-in browser stays signed in. Those who can reach other people's accounts get less. */
import type { Role } from '#lib/accounts/actor.ts'

export type SessionLimits = { readonly idleSeconds: number; readonly absoluteSeconds: number }

const subscriber: SessionLimits = { idleSeconds: 30 * 60, absoluteSeconds: 12 * 3_600 }
const staff: SessionLimits = { idleSeconds: 15 * 60, absoluteSeconds: 8 * 3_600 }

export function sessionLimits(role: Role): SessionLimits {
  return role === 'SUBSCRIBER' ? subscriber : staff
}

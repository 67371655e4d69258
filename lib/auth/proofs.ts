/** By what the person of a WebSession has proved who they are, and in what role that lets them act. */
import { type AccountRole, type Role, type StaffRole, staffRoles } from '#lib/accounts/actor.ts'

export const proofs = ['password', 'authenticatorApp', 'recoveryCode', 'passkey', 'waiver'] as const
export type Proof = (typeof proofs)[number]

export function isStaff(role: AccountRole): role is StaffRole {
  return (staffRoles as readonly string[]).includes(role)
}

/** Whatever else is known of staff, without a passkey they reach only their own sign-in, where they register one. */
export function roleProvedBy(role: AccountRole, provedBy: string): Role {
  const isProven = provedBy === 'passkey' || provedBy === 'waiver'
  return isStaff(role) && !isProven ? 'UNPROVEN_STAFF' : role
}

/**
 * Who may do what: the one table. Use-cases, pages, actions and routes ask it, and the access tests are made from it.
 * A household helper has no line: with a code of the owner they do one thing once, and have no account.
 */
import { type Actor, forbidden, type Role } from './actor.ts'
import type { ApiScope } from './api-scopes.ts'

const subscriber = ['SUBSCRIBER'] as const
const agents = ['SUPPORT_AGENT', 'SENIOR_AGENT'] as const
const operator = ['OPERATOR'] as const
const everyone = ['SUBSCRIBER', ...agents, 'OPERATOR', 'AUDITOR', 'UNPROVEN_STAFF'] as const

export const permissions = {
  'home.read': subscriber,
  'credential.read': subscriber,
  'credential.issue': subscriber,
  'credential.rename': subscriber,
  'credential.revoke': subscriber,
  'sendingMethod.choose': subscriber,
  'mailbox.read': subscriber,
  'recipe.read': subscriber,
  'recipe.save': subscriber,
  'recipe.try': subscriber,
  'liveSession.end': subscriber,
  'account.read': subscriber,
  'account.change': subscriber,
  'account.export': subscriber,
  'account.close': subscriber,
  'trace.answer': subscriber,
  'activity.read': subscriber,
  'sent.read': subscriber,
  'announcement.acknowledge': subscriber,
  'recoveryAddress.change': subscriber,
  'helper.invite': subscriber,
  'webSession.read': everyone,
  'webSession.end': everyone,
  'signIn.change': everyone,
  'authenticatorApp.change': subscriber,
  'customer.search': agents,
  'customer.read': agents,
  'customer.revokeCredential': agents,
  'customer.releaseSending': agents,
  'customer.reset': agents,
  'customer.trace': agents,
  'migration.read': operator,
  'migration.change': operator,
  'ownMigration.read': subscriber,
  'ownMigration.start': subscriber,
  'move.readBoard': agents,
  'move.plan': operator,
  'clientReport.make': subscriber,
  'clientReport.decide': agents,
  'approval.read': [...agents, 'OPERATOR'],
  'approval.use': [...agents, 'OPERATOR'],
  'approval.decide': ['SENIOR_AGENT', 'OPERATOR'],
  'announcement.read': operator,
  'announcement.change': operator,
  'maintenance.read': operator,
  'maintenance.change': operator,
  'heldSending.read': operator,
  'heldSending.release': operator,
  'policy.read': operator,
  'policy.save': operator,
  'queue.read': operator,
  'queue.change': operator,
  'dkim.read': operator,
  'dkim.change': operator,
  'dns.read': operator,
  'accounts.read': operator,
  'accounts.change': operator,
  'credentials.read': operator,
  'credentials.change': operator,
  'events.read': operator,
  'webhook.read': operator,
  'webhook.change': operator,
  'apiToken.read': operator,
  'apiToken.change': operator,
  'staffAddress.change': [...agents, 'OPERATOR', 'AUDITOR'],
  'staff.read': operator,
  'staff.change': operator,
  'audit.read': ['OPERATOR', 'AUDITOR'],
  'passkey.waive': ['UNPROVEN_STAFF'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function isPermitted(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** What a program may do in the name of its operator: with which scope. Everything else takes a person. */
const scopeFor: Partial<Record<Permission, ApiScope>> = {
  'audit.read': 'audit:read',
  'accounts.read': 'accounts:read',
  'accounts.change': 'accounts:write',
  'credentials.read': 'credentials:read',
  'credentials.change': 'credentials:write',
  'events.read': 'events:read',
  'announcement.read': 'announcements:read',
  'announcement.change': 'announcements:write',
  'policy.read': 'policies:read',
  'policy.save': 'policies:write',
}

function mayAct({ role, apiScopes }: Actor, permission: Permission): boolean {
  const scope = scopeFor[permission]
  const isInScope = apiScopes === undefined || (scope !== undefined && apiScopes.includes(scope))
  return isInScope && isPermitted(role, permission)
}

/** @throws AppError forbidden, unless the actor has one of these permissions */
export function requirePermission(actor: Actor, ...anyOf: readonly Permission[]): void {
  if (anyOf.some((permission) => mayAct(actor, permission))) return
  throw forbidden(`${actor.role}${actor.apiScopes ? ', a program,' : ''} for ${anyOf.join(' or ')}`)
}

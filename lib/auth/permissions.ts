/** Who may do what in the portal: the one table. Guards read it, and the access tests are made from it. */
import type { Role } from '#lib/accounts/actor.ts'

const everyone = ['SUBSCRIBER', 'SUPPORT_AGENT', 'OPERATOR'] as const

export const permissions = {
  'home.read': ['SUBSCRIBER'],
  'credential.read': ['SUBSCRIBER'],
  'credential.issue': ['SUBSCRIBER'],
  'helper.invite': ['SUBSCRIBER'],
  'credential.rename': ['SUBSCRIBER'],
  'credential.revoke': ['SUBSCRIBER'],
  'sendingMethod.choose': ['SUBSCRIBER'],
  'mailbox.read': ['SUBSCRIBER'],
  'account.read': ['SUBSCRIBER'],
  'account.change': ['SUBSCRIBER'],
  'account.export': ['SUBSCRIBER'],
  'account.close': ['SUBSCRIBER'],
  'recipe.read': ['SUBSCRIBER'],
  'recipe.save': ['SUBSCRIBER'],
  'recipe.try': ['SUBSCRIBER'],
  'liveSession.end': ['SUBSCRIBER'],
  'activity.read': ['SUBSCRIBER'],
  'sent.read': ['SUBSCRIBER'],
  'webSession.read': everyone,
  'webSession.end': everyone,
  'customer.search': ['SUPPORT_AGENT'],
  'customer.read': ['SUPPORT_AGENT'],
  'customer.revokeCredential': ['SUPPORT_AGENT'],
  'customer.releaseSending': ['SUPPORT_AGENT'],
  'customer.reset': ['SUPPORT_AGENT'],
  'customer.trace': ['SUPPORT_AGENT'],
  'trace.answer': ['SUBSCRIBER'],
  'announcement.acknowledge': ['SUBSCRIBER'],
  'announcement.read': ['OPERATOR'],
  'announcement.change': ['OPERATOR'],
  'maintenance.read': ['OPERATOR'],
  'maintenance.change': ['OPERATOR'],
  'clientReport.make': ['SUBSCRIBER'],
  'clientReport.decide': ['SUPPORT_AGENT'],
  'migration.read': ['OPERATOR'],
  'migration.change': ['OPERATOR'],
  'ownMigration.read': ['SUBSCRIBER'],
  'ownMigration.start': ['SUBSCRIBER'],
  'approval.decide': ['SUPPORT_AGENT', 'OPERATOR'],
  'heldSending.read': ['OPERATOR'],
  'heldSending.release': ['OPERATOR'],
  'audit.read': ['OPERATOR'],
  'webhook.read': ['OPERATOR'],
  'webhook.change': ['OPERATOR'],
  'apiToken.read': ['OPERATOR'],
  'apiToken.change': ['OPERATOR'],
  'move.plan': ['OPERATOR'],
  'move.readBoard': ['SUPPORT_AGENT'],
  'policy.read': ['OPERATOR'],
  'policy.save': ['OPERATOR'],
  'queue.read': ['OPERATOR'],
  'queue.change': ['OPERATOR'],
  'dkim.read': ['OPERATOR'],
  'dkim.change': ['OPERATOR'],
  'dns.read': ['OPERATOR'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export function isPermitted(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role)
}

/** The main menu of each role. */
import type { Role } from '#lib/accounts/actor.ts'

const menus = {
  SUBSCRIBER: [
    { href: '/home', label: 'home' },
    { href: '/credentials', label: 'credentials' },
    { href: '/mailbox', label: 'mailbox' },
    { href: '/recipes', label: 'recipes' },
    { href: '/doctor', label: 'doctor' },
    { href: '/activity', label: 'activity' },
    { href: '/sent', label: 'sent' },
    { href: '/guides', label: 'guides' },
    { href: '/security', label: 'security' },
  ],
  SUPPORT_AGENT: [
    { href: '/support', label: 'support' },
    { href: '/support/approvals', label: 'approvals' },
    { href: '/guides', label: 'guides' },
    { href: '/security', label: 'security' },
  ],
  OPERATOR: [
    { href: '/operator/policy', label: 'policy' },
    { href: '/operator/announcements', label: 'announcements' },
    { href: '/operator/maintenance', label: 'maintenance' },
    { href: '/operator/queue', label: 'queue' },
    { href: '/operator/encryption', label: 'encryption' },
    { href: '/operator/dkim', label: 'dkim' },
    { href: '/operator/dns', label: 'dns' },
    { href: '/operator/held', label: 'held' },
    { href: '/operator/audit', label: 'audit' },
    { href: '/operator/api', label: 'api' },
    { href: '/operator/webhooks', label: 'webhooks' },
    { href: '/support/approvals', label: 'approvals' },
    { href: '/guides', label: 'guides' },
    { href: '/security', label: 'security' },
  ],
} as const satisfies Record<Role, readonly { href: string; label: string }[]>

const guest = [
  { href: '/doctor', label: 'doctor' },
  { href: '/guides', label: 'guides' },
  { href: '/compatibility', label: 'compatibility' },
  { href: '/announcements', label: 'announcements' },
  { href: '/status', label: 'status' },
] as const

export function homeOf(role: Role): string {
  return menus[role][0].href
}

export function navigationOf(role: Role | null) {
  return role === null ? { home: '/', items: guest } : { home: homeOf(role), items: menus[role] }
}

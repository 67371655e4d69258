/** The main menu of each role: what is asked for most stands alone, the rest in groups of what belongs together. */
import type { Role } from '#lib/accounts/actor.ts'

const subscriber = [
  { href: '/home', label: 'home' },
  {
    label: 'useMail',
    items: [
      { href: '/credentials', label: 'credentials' },
      { href: '/guides', label: 'guides' },
      { href: '/mailbox', label: 'mailbox' },
      { href: '/recipes', label: 'recipes' },
      { href: '/account', label: 'account' },
    ],
  },
  { href: '/doctor', label: 'doctor' },
  {
    label: 'lookInto',
    items: [
      { href: '/activity', label: 'activity' },
      { href: '/sent', label: 'sent' },
      { href: '/announcements', label: 'announcements' },
      { href: '/status', label: 'status' },
    ],
  },
  { href: '/security', label: 'security' },
] as const

const supportAgent = [
  { href: '/support', label: 'support' },
  { href: '/support/move', label: 'moveBoard' },
  { href: '/support/approvals', label: 'approvals' },
  { href: '/support/reports', label: 'reports' },
  { href: '/guides', label: 'guides' },
  { href: '/security', label: 'security' },
] as const

const operator = [
  { href: '/operator/policy', label: 'policy' },
  {
    label: 'tellCustomers',
    items: [
      { href: '/operator/announcements', label: 'announcements' },
      { href: '/operator/maintenance', label: 'maintenance' },
      { href: '/operator/move', label: 'move' },
      { href: '/operator/migration', label: 'migration' },
      { href: '/guides', label: 'guides' },
    ],
  },
  {
    label: 'delivery',
    items: [
      { href: '/operator/queue', label: 'queue' },
      { href: '/operator/encryption', label: 'encryption' },
      { href: '/operator/held', label: 'held' },
    ],
  },
  {
    label: 'domains',
    items: [
      { href: '/operator/dns', label: 'dns' },
      { href: '/operator/dkim', label: 'dkim' },
    ],
  },
  {
    label: 'colleagues',
    items: [
      { href: '/support/approvals', label: 'approvals' },
      { href: '/operator/staff', label: 'staff' },
      { href: '/operator/audit', label: 'audit' },
    ],
  },
  {
    label: 'otherPrograms',
    items: [
      { href: '/operator/api', label: 'api' },
      { href: '/operator/webhooks', label: 'webhooks' },
    ],
  },
  { href: '/security', label: 'security' },
] as const

const guest = [
  { href: '/doctor', label: 'doctor' },
  { href: '/guides', label: 'guides' },
  { href: '/compatibility', label: 'compatibility' },
  { href: '/announcements', label: 'announcements' },
  { href: '/status', label: 'status' },
] as const

const auditor = [
  { href: '/operator/audit', label: 'audit' },
  { href: '/security', label: 'security' },
] as const

const unprovenStaff = [{ href: '/first-passkey', label: 'firstPasskey' }] as const

const menus = {
  SUBSCRIBER: subscriber,
  SUPPORT_AGENT: supportAgent,
  SENIOR_AGENT: supportAgent,
  OPERATOR: operator,
  AUDITOR: auditor,
  UNPROVEN_STAFF: unprovenStaff,
} as const satisfies Record<Role, readonly unknown[]>

type MenuEntry = (typeof menus)[Role][number] | (typeof guest)[number]
export type MenuLabel = MenuEntry['label'] | Extract<MenuEntry, { items: unknown }>['items'][number]['label']

export function homeOf(role: Role): string {
  return menus[role][0].href
}

export function navigationOf(role: Role | null): { readonly home: string; readonly entries: readonly MenuEntry[] } {
  return role === null ? { home: '/', entries: guest } : { home: homeOf(role), entries: menus[role] }
}

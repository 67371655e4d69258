import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'
import { ClientMessages } from '../client-messages.tsx'

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  await requireSession('policy.read')
  return (
    <ClientMessages
      of={[
        'policy',
        'events',
        'apiTokens',
        'webhooks',
        'queue',
        'dkim',
        'held',
        'approvals',
        'announcementEditor',
        'announcements',
        'maintenance',
        'move',
        'migration',
        'addressMap',
        'pages',
        'services',
        'staff',
        'security',
      ]}
    >
      {children}
    </ClientMessages>
  )
}

import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'
import { ClientMessages } from '../client-messages.tsx'

/** Above every loading state, so that the answer to a stranger is a redirect and not a page that turns away. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  await requireSession('home.read')
  return (
    <ClientMessages
      of={[
        'home',
        'credentials',
        'sendingMethod',
        'activity',
        'events',
        'sent',
        'mailbox',
        'migration',
        'recipes',
        'account',
        'pages',
      ]}
    >
      {children}
    </ClientMessages>
  )
}

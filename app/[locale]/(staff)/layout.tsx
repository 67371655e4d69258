import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'
import { ClientMessages } from '../client-messages.tsx'

/** For all who work here, whatever they do. */
export default async function StaffLayout({ children }: { children: ReactNode }) {
  await requireSession('approval.read')
  return <ClientMessages of={['approvals', 'security']}>{children}</ClientMessages>
}

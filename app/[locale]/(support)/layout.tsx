import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'
import { ClientMessages } from '../client-messages.tsx'

export default async function SupportLayout({ children }: { children: ReactNode }) {
  await requireSession('customer.search')
  return <ClientMessages of={['support', 'approvals', 'reports', 'moveBoard', 'migration']}>{children}</ClientMessages>
}

import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'
import { ClientMessages } from '../client-messages.tsx'

export default async function AccountLayout({ children }: { children: ReactNode }) {
  await requireSession('webSession.read')
  return <ClientMessages of={['security']}>{children}</ClientMessages>
}

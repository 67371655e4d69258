import type { ReactNode } from 'react'
import { ClientMessages } from '../../client-messages.tsx'

export default function InvitedLayout({ children }: { children: ReactNode }) {
  return <ClientMessages of={['invited']}>{children}</ClientMessages>
}

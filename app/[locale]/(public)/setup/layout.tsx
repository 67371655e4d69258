import type { ReactNode } from 'react'
import { ClientMessages } from '../../client-messages.tsx'

export default function SetUpLayout({ children }: { children: ReactNode }) {
  return <ClientMessages of={['setup', 'credentials']}>{children}</ClientMessages>
}

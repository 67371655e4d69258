import type { ReactNode } from 'react'
import { ClientMessages } from '../../client-messages.tsx'

export default function RecoverLayout({ children }: { children: ReactNode }) {
  return <ClientMessages of={['recover']}>{children}</ClientMessages>
}

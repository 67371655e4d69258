import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'

export default async function SupportLayout({ children }: { children: ReactNode }) {
  await requireSession('customer.search')
  return children
}

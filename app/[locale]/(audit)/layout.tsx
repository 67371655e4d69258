import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'

/** For operators and for auditors, who look and change nothing. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  await requireSession('audit.read')
  return children
}

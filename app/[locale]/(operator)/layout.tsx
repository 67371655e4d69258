import type { ReactNode } from 'react'
import { requireSession } from '#lib/auth/require-session.ts'

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  await requireSession('policy.read')
  return children
}

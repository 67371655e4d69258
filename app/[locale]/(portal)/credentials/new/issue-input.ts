/** The border of the issue form. */
import { z } from 'zod'
import { credentialScopes } from '#lib/accounts/views.ts'

export const expiryChoices = ['never', 'day', 'month', 'year'] as const

const DAY_MS = 86_400_000
const expiryDays = { never: null, day: 1, month: 30, year: 365 } as const

export const issueInput = z.object({
  mailboxId: z.coerce.number().int().positive(),
  clientId: z
    .string()
    .regex(/^[a-z0-9-]{0,60}$/)
    .transform((id) => (id === '' ? null : id)),
  label: z.string(),
  scopes: z.array(z.enum(credentialScopes)).min(1),
  challengeLogins: z.array(z.literal('on')).default([]),
  expiry: z.enum(expiryChoices).default('never'),
})

export function expiryDate(choice: (typeof expiryChoices)[number], now = Date.now()): Date | null {
  const days = expiryDays[choice]
  return days === null ? null : new Date(now + days * DAY_MS)
}

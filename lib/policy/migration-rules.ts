/** What happens to a quota that does not hold what comes from an old system. */
import { z } from 'zod'

export const fullMailboxRules = ['raise', 'hold'] as const

export const migrationRulesSchema = z.strictObject({
  /** raise: the quota grows with it, and a tenth more; hold: the mailbox waits for an operator */
  fullMailbox: z.enum(fullMailboxRules),
})

export type MigrationRules = z.infer<typeof migrationRulesSchema>

export const defaultMigrationRules: MigrationRules = { fullMailbox: 'raise' }

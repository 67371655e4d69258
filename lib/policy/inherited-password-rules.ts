/** For how long people whose mail program was never touched go on reading by the password of the old system. */
import { z } from 'zod'

export const inheritedPasswordRulesSchema = z.strictObject({
  /** null: not at all */
  readingUntil: z.iso.datetime().nullable(),
})
export type InheritedPasswordRules = z.infer<typeof inheritedPasswordRulesSchema>

export const defaultInheritedPasswordRules: InheritedPasswordRules = { readingUntil: null }

export function isReadingTime({ readingUntil }: InheritedPasswordRules, at: Date): boolean {
  return readingUntil !== null && at.getTime() < Date.parse(readingUntil)
}

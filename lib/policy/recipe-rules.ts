/** What recipes may do on behalf of strangers, whose mail they pass on. */
import { z } from 'zod'

export const recipeRulesSchema = z.strictObject({
  /** of one mailbox, to addresses elsewhere; what is beyond it stays in the mailbox */
  maxForwardsPerDay: z.int().min(0).max(100_000),
})

export type RecipeRules = z.infer<typeof recipeRulesSchema>

export const defaultRecipeRules: RecipeRules = { maxForwardsPerDay: 500 }

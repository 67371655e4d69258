'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { activateScript, activateScriptInput } from '#lib/recipes/activate-script.ts'
import { recipeListSchema } from '#lib/recipes/recipe.ts'
import { saveRecipes, saveRecipesInput } from '#lib/recipes/save-recipes.ts'
import { returnToRecipes, returnToRecipesInput } from '#lib/recipes/script-history.ts'
import { tryRecipes, tryRecipesInput } from '#lib/recipes/try-recipes.ts'
import { withdrawForward, withdrawForwardInput } from '#lib/recipes/withdraw-forward.ts'

const MAX_RECIPES_CHARACTERS = 400_000

/** The editor's list, as the one field of the form that it is. */
const recipesField = z
  .string()
  .max(MAX_RECIPES_CHARACTERS)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom' })
      return z.NEVER
    }
  })
  .pipe(recipeListSchema)

const saveForm = saveRecipesInput.extend({
  mailboxId: z.coerce.number().int(),
  basedOn: z.coerce.number().int().nonnegative(),
  recipes: recipesField,
})

export const saveRecipesAction = defineAction(saveForm, 'recipe.save', async (actor, input) => {
  const saved = await saveRecipes(actor, input)
  refresh()
  return saved
})

const tryForm = tryRecipesInput.extend({ mailboxId: z.coerce.number().int(), recipes: recipesField })

export const tryRecipesAction = defineAction(tryForm, 'recipe.try', (actor, input) => tryRecipes(actor, input))

export const returnToRecipesAction = defineAction(returnToRecipesInput, 'recipe.save', async (actor, input) => {
  await returnToRecipes(actor, input)
  refresh()
})

export const withdrawForwardAction = defineAction(withdrawForwardInput, 'recipe.save', async (actor, input) => {
  await withdrawForward(actor, input)
  refresh()
})

export const activateScriptAction = defineAction(activateScriptInput, 'recipe.save', async (actor, input) => {
  await activateScript(actor, input)
  refresh()
})

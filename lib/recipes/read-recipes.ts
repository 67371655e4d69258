/**
 * The recipes in a script that writeSieve made. A script that was made or changed elsewhere has none: it is the
 * person's own text, and is shown as such.
 */
import { type Recipe, recipeListSchema } from './recipe.ts'
import { COMMENT_END, COMMENT_START, writeSieve } from './write-sieve.ts'

/** @returns null when the script is not, to the byte, what its recipes become */
export function readRecipes(script: string): Recipe[] | null {
  const [first = ''] = script.split('\r\n', 1)
  if (!first.startsWith(COMMENT_START) || !first.endsWith(COMMENT_END)) return null
  const recipes = parse(first.slice(COMMENT_START.length, -COMMENT_END.length))
  return recipes !== null && writeSieve(recipes) === script ? recipes : null
}

function parse(json: string): Recipe[] | null {
  try {
    return recipeListSchema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

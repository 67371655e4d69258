import { type Context, UsageError } from './command.ts'
import { explain } from './explain.ts'

/** Each word apart: what goes wrong with one does not hold up the others. @returns how many could not be done */
export async function forEachWord(
  context: Context,
  what: string,
  work: (word: string) => Promise<unknown>,
): Promise<number> {
  if (context.words.length === 0) throw new UsageError(`give at least one ${what}`)
  let failed = 0
  for (const word of context.words) {
    try {
      await work(word)
      context.say(`${word}: ${context.isDryRun ? 'would be done' : 'done'}`)
    } catch (error) {
      failed += 1
      context.say(`${word}: not done: ${explain(error)}`)
    }
  }
  return failed
}

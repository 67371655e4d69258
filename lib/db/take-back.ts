/**
 * A dry run of one use-case: it is carried out by the same code in a real transaction, which is then rolled back, with
 * its audit record, its outbox and its notifications. What would be refused is refused by what would refuse it.
 */
import { runTogether } from './prisma.ts'

class TakenBack extends Error {}

export async function takeBack<Result>(work: () => Promise<Result>): Promise<Result> {
  const done: Result[] = []
  try {
    await runTogether(async () => {
      done.push(await work())
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  const [result] = done
  if (result === undefined && done.length === 0) throw new Error('a dry run came to no result')
  return result as Result
}

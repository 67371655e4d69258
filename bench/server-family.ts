/** The processes of a server: those that are named, and all their descendants. */
import { descendantsOf, processes } from '#tests/support/processes.ts'

export function familyOf(processIds: readonly number[]): number[] {
  const all = processes()
  const family = processIds.flatMap((id) => [id, ...descendantsOf(id, all).map(({ processId }) => processId)])
  return [...new Set(family)]
}

/** Why a mailbox, a folder or a message does not come along. Pure; people read `migration.problem.*` of the messages. */

/** They pass by themselves: the job tries again. */
export const passingProblems = ['unreachable', 'timedOut', 'connectionLost', 'sourceBusy', 'interrupted'] as const

/** Somebody has to do something first. */
export const lastingProblems = [
  'loginRefused',
  'tlsFailed',
  'protocolBroken',
  'filesUnreadable',
  'mailboxFull',
  'secretUnreadable',
] as const

/** About one folder or one message; the rest comes along. */
export const partialProblems = [
  'folderUnreadable',
  'folderNameNotAllowed',
  'folderRenumbered',
  'messageTooLarge',
  'messageUnreadable',
  'uidlNotMatched',
] as const

export const migrationProblems = [...passingProblems, ...lastingProblems, ...partialProblems] as const
export type MigrationProblem = (typeof migrationProblems)[number]

export function isPassing(problem: MigrationProblem): boolean {
  return (passingProblems as readonly MigrationProblem[]).includes(problem)
}

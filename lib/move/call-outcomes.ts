export const callOutcomes = ['reached', 'notReached', 'callAgain', 'needsVisit'] as const
export type CallOutcome = (typeof callOutcomes)[number]

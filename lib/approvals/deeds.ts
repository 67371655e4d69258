/** The closed list of deeds that take two people. */
export const approvalDeeds = ['releaseSending', 'issueSetUpCode', 'removeSecondStep', 'reachFurther'] as const
export type ApprovalDeed = (typeof approvalDeeds)[number]

export function isApprovalDeed(text: string): text is ApprovalDeed {
  return (approvalDeeds as readonly string[]).includes(text)
}

/** What comes of asking for such a deed: it was done, or somebody else has to approve it first. */
export type GuardedOutcome = 'done' | 'awaitingApproval'

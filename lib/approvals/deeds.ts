/** The closed list of deeds that take two people, some always and some only where they go far. */
export const approvalDeeds = [
  'releaseSending',
  'issueSetUpCode',
  'removeSecondStep',
  'changeContact',
  'revokeCredential',
  'revokeCredentials',
  'endSessions',
  'closeRelayWindows',
  'suspendMailbox',
  'resumeMailbox',
  'inviteStaff',
  'changeStaffRole',
  'actOnMany',
] as const
export type ApprovalDeed = (typeof approvalDeeds)[number]

/** An approval of these is not used up: until it runs out it holds for the same work, whatever mailbox comes next. */
const standingDeeds: readonly ApprovalDeed[] = ['actOnMany']

export function isStanding(deed: ApprovalDeed): boolean {
  return standingDeeds.includes(deed)
}

export function isApprovalDeed(text: string): text is ApprovalDeed {
  return (approvalDeeds as readonly string[]).includes(text)
}

/** What comes of asking for such a deed: it was done, or somebody else has to approve it first. */
export type GuardedOutcome = 'done' | 'awaitingApproval'

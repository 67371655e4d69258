/** What becomes of a policy version: saved for everybody, rolled out to a part, to another part, to all, or taken back. */
export const policyChanges = ['saved', 'rolledOut', 'extended', 'finished', 'returned'] as const
export type PolicyChange = (typeof policyChanges)[number]

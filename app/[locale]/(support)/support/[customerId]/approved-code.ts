import type { ApprovalView } from '#lib/approved-deeds/list-approvals.ts'
import type { SetUpPurpose } from '#lib/set-up-code/set-up-purposes.ts'

/** The set-up code that another one has approved: the form is filled in with it, and stays open with what came of it. */
export type ApprovedCode = { readonly purpose: SetUpPurpose; readonly reason: string }

export function approvedCode(approvals: readonly ApprovalView[], mailboxId: number): ApprovedCode | null {
  const approval = approvals.find(
    ({ deed, state, ...about }) =>
      deed === 'issueSetUpCode' && (state === 'approved' || state === 'done') && about.mailboxId === mailboxId,
  )
  const purpose = approval?.facts.find((fact) => fact.name === 'purpose')?.value
  return approval && purpose ? { purpose, reason: approval.reason } : null
}

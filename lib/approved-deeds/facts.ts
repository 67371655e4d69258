/** What a request says to whoever decides about it: names of fields and their values, never a secret. */
import type { StaffRole } from '#lib/accounts/actor.ts'
import type { ManyOperation } from '#lib/approvals/many-operations.ts'
import type { SetUpPurpose } from '#lib/set-up-code/set-up-purposes.ts'

export type Fact =
  | { readonly name: WrittenFact; readonly value: string }
  | { readonly name: 'role' | 'formerRole'; readonly value: StaffRole }
  | { readonly name: 'purpose'; readonly value: SetUpPurpose }
  | { readonly name: 'operation'; readonly value: ManyOperation }

type WrittenFact =
  | 'mailbox'
  | 'customer'
  | 'formerPhone'
  | 'phone'
  | 'device'
  | 'textJa'
  | 'textEn'
  | 'login'
  | 'displayName'
  | 'mailAddress'

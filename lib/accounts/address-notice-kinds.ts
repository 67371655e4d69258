/** The closed list of what people are told at an address that is no mailbox of theirs here. */
export const addressNoticeKinds = [
  'recoveryAddress.replaced',
  'recoveryAddress.removed',
  'staff.changeRole',
  'staff.end',
  'staffAddress.replaced',
] as const
export type AddressNoticeKind = (typeof addressNoticeKinds)[number]

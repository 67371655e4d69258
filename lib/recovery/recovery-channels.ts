/** Where a forgotten password is renewed through: never through the mailbox that nobody can get into. */
export const recoveryChannels = ['address', 'phone'] as const
export type RecoveryChannel = (typeof recoveryChannels)[number]

/** What an agent does when somebody else may hold a customer's passwords. */
export const shutOutDeeds = ['revokeCredentials', 'endSessions', 'closeRelayWindows'] as const
export type ShutOutDeed = (typeof shutOutDeeds)[number]

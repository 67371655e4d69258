/** What a person looks for among events, in their words. */
export const eventFilters = ['all', 'trouble', 'logins', 'sent'] as const
export const eventServices = ['all', 'receiving', 'sending'] as const

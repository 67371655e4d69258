/** What people look for in the queue, in their words. */
export const queueFilters = ['all', 'waiting', 'held'] as const
export const sentFilters = ['all', 'open', 'failed'] as const

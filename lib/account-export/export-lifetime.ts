/** For so long, and once, a mailbox that was allowed to be exported can be fetched. */
export const exportableForMinutes = 10

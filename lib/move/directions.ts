/** What people do with a host: receive by one, send by another. Before the move one host did both. */
import { Prisma } from '#lib/db/prisma.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export type Direction = 'receiving' | 'sending'

const readingListeners: readonly ListenerName[] = ['pop3', 'pop3s', 'imap', 'imaps', 'managesieve']

/** Of a row `u` of host_uses. */
export const isReceiving = Prisma.sql`u.listener = ANY(${readingListeners})`
/** The host served it at least once that day. */
export const isServed = Prisma.sql`u.count > u.refused_count`

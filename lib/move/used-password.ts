/** By what a row `u` of host_uses logged in: a credential `c`, or a password of the old system `i`, which has no label. */
import { Prisma } from '#lib/db/prisma.ts'

export const withPassword = Prisma.sql`
  LEFT JOIN credentials c ON c.id = u.credential_id LEFT JOIN inherited_passwords i ON i.id = u.credential_id`
export const isUsable = Prisma.sql`((c.id IS NOT NULL AND c.revoked_at IS NULL) OR i.id IS NOT NULL)`

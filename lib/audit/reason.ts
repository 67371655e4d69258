import { z } from 'zod'

/** Why somebody does a thing, as it is kept in the audit trail. */
export const auditReason = z.string().trim().min(4).max(200)

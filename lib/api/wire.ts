/** How things look on the wire. An answer is cut to its schema: what is not named here does not leave. */
import { z } from 'zod'
import { credentialScopes } from '#lib/accounts/views.ts'
import { announcementDocumentSchema } from '#lib/announcements/document.ts'
import { extentSchema } from '#lib/policy/in-force.ts'
import { policyDocumentSchema } from '#lib/policy/schema.ts'

const moment = z.iso.datetime()

export const customerAnswer = z.object({
  id: z.uuid(),
  contractNumber: z.string(),
  name: z.string(),
  nameKana: z.string(),
  createdAt: moment,
})

export const mailboxAnswer = z.object({
  id: z.int(),
  customerId: z.uuid(),
  address: z.string(),
  displayName: z.string(),
  sendingMethod: z.enum(['SMTP_AUTH', 'POP_BEFORE_SMTP']),
  quotaBytes: z.int(),
  usedBytes: z.int(),
  suspendedAt: moment.nullable(),
  suspension: z.object({ ja: z.string(), en: z.string() }).nullable(),
  sendingHeldAt: moment.nullable(),
})

export const credentialAnswer = z.object({
  id: z.uuid(),
  mailboxId: z.int(),
  label: z.string(),
  username: z.string(),
  scopes: z.array(z.enum(credentialScopes)),
  expiresAt: moment.nullable(),
  revokedAt: moment.nullable(),
  createdAt: moment,
  lastUsedAt: moment.nullable(),
})

/** `password` is null where the same Idempotency-Key is answered again. */
export const issuedAnswer = z.object({ credential: credentialAnswer, password: z.string().nullable() })

export const announcementAnswer = z.object({
  id: z.uuid(),
  state: z.enum(['draft', 'scheduled', 'published', 'withdrawn']),
  publishAt: moment.nullable(),
  withdrawalReason: z.string().nullable(),
  version: z.int(),
  changedAt: moment,
  document: announcementDocumentSchema,
})

export const policyAnswer = z.object({ version: z.int(), document: policyDocumentSchema })

export const policyInForceAnswer = z.object({
  ruling: policyAnswer,
  rollout: policyAnswer.extend({ extent: extentSchema }).nullable(),
})

export const policyVersionAnswer = z.object({
  version: z.int(),
  note: z.string(),
  authorName: z.string().nullable(),
  createdAt: moment,
  state: z.enum(['ruled', 'rolling', 'returned']),
})

export const eventAnswer = z.object({
  id: z.string(),
  at: moment,
  outcome: z.string(),
  mailboxId: z.int().nullable(),
  listener: z.string().nullable(),
  address: z.string(),
  tlsVersion: z.string().nullable(),
  mechanism: z.string().nullable(),
  credentialId: z.uuid().nullable(),
  reason: z.string().nullable(),
})

export const affectedAnswer = z.object({
  mailboxes: z.array(
    z.object({
      mailboxId: z.int(),
      address: z.string().nullable(),
      contractNumber: z.string().nullable(),
      records: z.int(),
      firstAt: moment,
      lastAt: moment,
      actions: z.array(z.string()),
    }),
  ),
  isCut: z.boolean(),
  general: z.array(z.object({ id: z.string(), at: moment, action: z.string(), subject: z.string() })),
})

export function pageAnswer<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

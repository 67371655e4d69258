/** What subscribers may do to their own addresses and mailboxes. */
import { z } from 'zod'

export const ownAddressRulesSchema = z.strictObject({
  /** further addresses of one mailbox; 0: none */
  maxAliases: z.int().min(0).max(100),
  /** for so long nobody else gets an address that somebody gave up */
  quarantineDays: z.int().min(30).max(3_650),
  /** local parts that only the provider uses */
  reservedNames: z.array(z.string().regex(/^[a-z0-9._-]{1,64}$/)).max(500),
})

/** RFC 2142, and what a reader would take for the provider. */
const reserved =
  'abuse admin administrator billing contact help helpdesk hostmaster info infonia list mail mailer-daemon marketing ' +
  'news no-reply noc noreply operator postmaster root sales security ssladmin support system trouble usenet uucp ' +
  'webmaster www'

export const defaultOwnAddressRules: z.infer<typeof ownAddressRulesSchema> = {
  maxAliases: 5,
  quarantineDays: 180,
  reservedNames: reserved.split(' '),
}

export const closingRulesSchema = z.strictObject({
  /** between a subscriber's wish that a mailbox be deleted and its end */
  waitDays: z.int().min(3).max(90),
})

export const defaultClosingRules: z.infer<typeof closingRulesSchema> = { waitDays: 14 }

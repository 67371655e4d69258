/**
 * Whom an announcement concerns, by mailbox. What depends on behaviour is computed from what the engine has seen in
 * thirty days each time that it is asked: who has done the thing in the meantime is no longer in it.
 */
import type { Actor } from '#lib/accounts/actor.ts'
import { requirePermission } from '#lib/accounts/permissions.ts'
import { isOfCustomer } from '#lib/accounts/probe-contract.ts'
import { Prisma, prisma } from '#lib/db/prisma.ts'
import { catalogue } from '#lib/guides/catalogue.ts'
import { isReceiving, isServed } from '#lib/move/directions.ts'
import type { AnnouncementDocument, Behaviour } from './document.ts'

export type Audience = Pick<AnnouncementDocument, 'audience' | 'domain'>

const RECENTLY = Prisma.sql`now() - interval '30 days'`

const unsupportedClients = catalogue
  .filter(({ smtpAuth }) => smtpAuth.value === 'unsupported' || smtpAuth.value === 'field-without-function')
  .map(({ id }) => id)

/**
 * Of a mailbox `m`. Whoever came by the old host last is still there; who tried to send by its port 25 without a right is
 * known by the address that they log in from.
 */
const conditions: Readonly<Record<Behaviour, Prisma.Sql>> = {
  usesOldHost: Prisma.sql`EXISTS (
    SELECT FROM host_uses u WHERE u.mailbox_id = m.id AND u.last_at > ${RECENTLY}
    GROUP BY u.credential_id, ${isReceiving}
    HAVING max(u.last_at) FILTER (WHERE u.is_old_host) >= coalesce(max(u.last_at) FILTER (WHERE NOT u.is_old_host), '-infinity')
  ) OR EXISTS (
    SELECT FROM protocol_events own JOIN protocol_events tried
      ON tried.address = own.address AND tried.listener = 'mx' AND tried.kind = 'refusal'
      AND tried.reason IN ('relayDenied', 'authNotOffered')
      AND tried.at BETWEEN own.at - interval '1 day' AND own.at + interval '1 day'
    WHERE own.mailbox_id = m.id AND own.kind = 'login' AND own.at > ${RECENTLY})`,
  sendsByPopBeforeSmtp: Prisma.sql`EXISTS (
    SELECT FROM protocol_events WHERE mailbox_id = m.id AND kind = 'accepted' AND listener = 'smtp' AND at > ${RECENTLY})`,
  usesApop: Prisma.sql`EXISTS (
    SELECT FROM protocol_events WHERE mailbox_id = m.id AND kind = 'login' AND mechanism = 'APOP' AND at > ${RECENTLY})`,
  usesUnsupportedClient: Prisma.sql`EXISTS (
    SELECT FROM credentials WHERE mailbox_id = m.id AND revoked_at IS NULL AND client_id = ANY(${unsupportedClients}))`,
  noLoginOnNewHost: Prisma.sql`NOT EXISTS (
    SELECT FROM host_uses u WHERE u.mailbox_id = m.id AND NOT u.is_old_host AND ${isServed})`,
}

function conditionOf({ audience, domain }: Audience): Prisma.Sql {
  if (audience === 'all') return Prisma.sql`TRUE`
  return audience === 'domain' ? Prisma.sql`m.domain = ${domain}` : Prisma.sql`(${conditions[audience]})`
}

/** Of mailboxes `m`, also of customers who have not signed in yet. */
export function inAudience(audience: Audience): Prisma.Sql {
  return Prisma.sql`${isOfCustomer} AND ${conditionOf(audience)}`
}

export async function countAudience(actor: Actor, audience: Audience): Promise<number> {
  requirePermission(actor, 'announcement.read')
  const [row] = await prisma().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM mailboxes m WHERE ${inAudience(audience)}`
  return row?.count ?? 0
}

/** Those to whom no wave has sent, or will send, this version by mail. */
export async function countNotEnlisted(
  actor: Actor,
  audience: Audience,
  { announcementId, version }: { readonly announcementId: string; readonly version: number },
): Promise<number> {
  requirePermission(actor, 'announcement.read')
  const [row] = await prisma().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM mailboxes m WHERE ${inAudience(audience)} AND NOT EXISTS (
      SELECT FROM announcement_letters l
      WHERE l.announcement_id = ${announcementId}::uuid AND l.version = ${version}::int AND l.mailbox_id = m.id)`
  return row?.count ?? 0
}

export async function concernsCustomer(customerId: string, audience: Audience): Promise<boolean> {
  const rows = await prisma().$queryRaw<unknown[]>`
    SELECT FROM mailboxes m WHERE m.customer_id = ${customerId}::uuid AND ${conditionOf(audience)} LIMIT 1`
  return rows.length > 0
}

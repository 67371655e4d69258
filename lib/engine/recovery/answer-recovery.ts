/**
 * Answers those who forgot their password, away from the page on which they said so.
 *
 * Guarantees: what is sent and what is kept of it are one commit (a message to a telephone follows it); nothing goes to the mailbox that nobody can get into, nor to an address or a number that changed within a
 * day; a link is good once for half an hour, a code for ten minutes; both are kept as digests only; at most three of
 * them for an account within a day; its owner is told by a letter. A request for a login that nobody has just goes.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import { bearerTokenHash, newBearerToken } from '#lib/bearer-tokens/bearer-token.ts'
import type { Database, Queryable } from '#lib/db/database.ts'
import type { PhoneGateway } from '#lib/phone-gateway/phone-gateway.ts'
import type { RecoveryChannel } from '#lib/recovery/recovery-channels.ts'
import { setUpCodeDigest } from '#lib/set-up-code/code-digest.ts'
import { generateKanaCode, spokenGroups } from '#lib/set-up-code/kana-code.ts'
import type { Letterhead } from '../delivery/compose-letter.ts'
import { type AfterCommit, type LetterOffice, nothing, sendLetter } from '../delivery/send-letter.ts'
import { composeRecovery, composeVerification } from './recovery-letters.ts'

export type RecoveryParts = Letterhead &
  LetterOffice & {
    readonly database: Database
    readonly phoneGateway: PhoneGateway
    readonly masterKey: Buffer
  }

const MAX_A_DAY = 3

const TAKE_REQUEST = {
  name: 'recovery-take-request',
  text: `
DELETE FROM recovery_requests WHERE id = (
  SELECT id FROM recovery_requests ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING login, channel`,
}

// The account, where it may be reached, and one mailbox of its contract that codes are made for.
const FIND = {
  name: 'recovery-find',
  text: `
SELECT a.id AS "accountId", a.customer_id AS "customerId", m.id AS "mailboxId", m.address AS "mailboxAddress",
  r.address, c.phone
FROM portal_accounts a
JOIN LATERAL (SELECT id, address FROM mailboxes WHERE customer_id = a.customer_id
  ORDER BY address <> a.login, id LIMIT 1) m ON true
LEFT JOIN recovery_addresses r ON r.account_id = a.id AND r.verified_at < now() - interval '1 day' AND NOT EXISTS (
  SELECT 1 FROM mailboxes o LEFT JOIN aliases l ON l.mailbox_id = o.id
  WHERE o.customer_id = a.customer_id AND lower(r.address) IN (o.address, l.address))
LEFT JOIN contacts c ON c.customer_id = a.customer_id
  AND (c.changed_at IS NULL OR c.changed_at < now() - interval '1 day')
WHERE a.login = $1 AND a.role = 'SUBSCRIBER' AND a.disabled_at IS NULL AND (
  SELECT count(*) FROM audit_records h WHERE h.action = 'recovery.send' AND h.mailbox_id = m.id
    AND h.at > now() - interval '1 day') < ${MAX_A_DAY}`,
}

const KEEP_LINK = {
  name: 'recovery-keep-link',
  text: `
WITH earlier AS (DELETE FROM recovery_links WHERE account_id = $2)
INSERT INTO recovery_links (token_hash, account_id, expires_at) VALUES ($1, $2, now() + interval '30 minutes')`,
}

const KEEP_CODE = {
  name: 'recovery-keep-code',
  text: `
WITH earlier AS (DELETE FROM set_up_codes WHERE mailbox_id = $2 AND used_at IS NULL)
INSERT INTO set_up_codes (digest, mailbox_id, expires_at) VALUES ($1, $2, now() + interval '10 minutes')`,
}

const TELL_OWNER = {
  name: 'recovery-tell-owner',
  text: `INSERT INTO owner_notices (mailbox_id, kind, reason) SELECT id, 'recovery.send', '' FROM mailboxes WHERE customer_id = $1`,
}

const TAKE_VERIFICATION = {
  name: 'recovery-take-verification',
  text: `
UPDATE recovery_addresses SET token_hash = $1 WHERE account_id = (
  SELECT account_id FROM recovery_addresses WHERE token_hash IS NULL AND verified_at IS NULL LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING address`,
}

type Found = {
  accountId: string
  customerId: string
  mailboxId: number
  mailboxAddress: string
  address: string | null
  phone: string | null
}

/** Answers all that wait now. */
export async function answerRecovery(parts: RecoveryParts): Promise<void> {
  while (await answerOne(parts));
  while (await verifyOne(parts));
}

async function answerOne(parts: RecoveryParts): Promise<boolean> {
  const afterCommit = await parts.database.transaction(async (transaction) => {
    const [request] = await transaction.query<{ login: string; channel: RecoveryChannel }>(TAKE_REQUEST, [])
    if (request === undefined) return null
    const [found] = await transaction.query<Found>(FIND, [request.login])
    if (found === undefined) return nothing
    return request.channel === 'address' ? byLink(transaction, parts, found) : byPhone(transaction, parts, found)
  })
  await afterCommit?.()
  return afterCommit !== null
}

async function byLink(transaction: Queryable, parts: RecoveryParts, found: Found): Promise<AfterCommit> {
  const { address, accountId } = found
  if (address === null) return nothing
  const token = newBearerToken()
  await transaction.query(KEEP_LINK, [bearerTokenHash(token), accountId])
  await tellOwner(transaction, found, 'address')
  return sendLetter(transaction, parts, address, await composeRecovery({ ...parts, address, token, now: new Date() }))
}

async function byPhone(transaction: Queryable, parts: RecoveryParts, found: Found): Promise<AfterCommit> {
  const { phone, mailboxId, mailboxAddress: address } = found
  if (phone === null) return nothing
  const code = generateKanaCode()
  const digest = setUpCodeDigest(parts.masterKey, { purpose: 'portalPassword', address, code })
  await transaction.query(KEEP_CODE, [digest, mailboxId])
  await tellOwner(transaction, found, 'phone')
  const spoken = spokenGroups(code).map((group) => group.map(({ kana }) => kana).join(''))
  const text = `${parts.site.name.ja}: 設定用コードは「${spoken.join(' ')}」です。10分以内に ${parts.portalUrl}/setup で入力してください。`
  return () => parts.phoneGateway.send(phone, text)
}

async function tellOwner(
  transaction: Queryable,
  { accountId, customerId, mailboxId }: Found,
  channel: RecoveryChannel,
) {
  await transaction.query(TELL_OWNER, [customerId])
  await appendSystemAudit(transaction, {
    action: 'recovery.send',
    subject: `account:${accountId}`,
    mailboxId,
    reason: '',
    details: { channel },
  })
}

async function verifyOne(parts: RecoveryParts): Promise<boolean> {
  const token = newBearerToken()
  const afterCommit = await parts.database.transaction(async (transaction) => {
    const [taken] = await transaction.query<{ address: string }>(TAKE_VERIFICATION, [bearerTokenHash(token)])
    if (taken === undefined) return null
    const { address } = taken
    return sendLetter(
      transaction,
      parts,
      address,
      await composeVerification({ ...parts, address, token, now: new Date() }),
    )
  })
  await afterCommit?.()
  return afterCommit !== null
}

/**
 * Asks the readers of addresses to which a script that was just put in force would forward: so they have agreed before
 * the first message comes.
 *
 * Guarantees: one letter for each request, however many processes look; the letter is queued and the request marked in
 * one commit. An address of our own, about which nobody has to be asked, is no request any more.
 */
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { ownMessage } from '../delivery/own-message.ts'
import type { ResolveRecipient } from '../delivery/resolve-recipient.ts'
import type { SendOwn } from '../delivery/send-own.ts'
import { workRowByRow } from '../runtime/row-by-row.ts'
import { inviteReader } from './invite-reader.ts'

export type InvitationParts = {
  readonly database: Database
  readonly resolveRecipient: ResolveRecipient
  readonly sendOwn: SendOwn
  readonly site: Pick<SiteEnv, 'domain' | 'name'>
  readonly portalUrl: string
}

const REQUESTS_AT_ONCE = 50

const WAITING = {
  name: 'sieve-invitations-waiting',
  text: `
SELECT f.mailbox_id AS "mailboxId", f.address, m.address AS owner
FROM forward_addresses f JOIN mailboxes m ON m.id = f.mailbox_id
WHERE f.token_hash IS NULL AND f.verified_at IS NULL ORDER BY f.requested_at LIMIT ${REQUESTS_AT_ONCE} FOR UPDATE OF f SKIP LOCKED`,
}
const SENT = {
  name: 'sieve-invitation-sent',
  text: 'UPDATE forward_addresses SET token_hash = $3 WHERE mailbox_id = $1 AND address = $2',
}
const NEEDLESS = {
  name: 'sieve-invitation-needless',
  text: 'DELETE FROM forward_addresses WHERE mailbox_id = $1 AND address = $2',
}

type Waiting = { mailboxId: number; address: string; owner: string }

export function sendInvitations({
  database,
  resolveRecipient,
  sendOwn,
  site,
  portalUrl,
}: InvitationParts): Promise<void> {
  return workRowByRow<Waiting>(database, {
    atOnce: REQUESTS_AT_ONCE,
    take: (transaction) => transaction.query<Waiting>(WAITING, []),
    async done(transaction, { mailboxId, address, owner }) {
      const target = await resolveRecipient(address)
      if (target.kind !== 'remote') {
        await transaction.query(NEEDLESS, [mailboxId, address])
        return undefined
      }
      const { content, tokenHash } = await inviteReader({ site, portalUrl, owner, address, now: new Date() })
      await transaction.query(SENT, [mailboxId, address, tokenHash])
      return sendOwn(transaction, ownMessage('', address, target, content))
    },
  })
}

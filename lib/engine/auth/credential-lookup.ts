/**
 * The credentials that a user name may stand for: all of a mailbox's when the name is the mailbox's, one when it is
 * that credential's own. Revoked and expired ones are found too, so that the owner can be told what was tried.
 * What is remembered of earlier attempts comes with them: one round trip, the same for known and unknown names.
 */
import { type History, type HistoryRow, historyColumns, historyFrom, historyValues } from '#lib/attempts/history.ts'
import type { Place } from '#lib/attempts/place.ts'
import type { Queryable } from '#lib/db/database.ts'
import type { LoginName } from '#lib/mail/login-name.ts'
import type { Identity } from './identity.ts'

export type KnownCredential = {
  readonly credential_id: string
  readonly mailbox_id: number
  readonly verifier: Buffer
  readonly stored_key: Buffer
  readonly server_key: Buffer
  /** null, as the other, unless the owner asked to have the password kept */
  readonly sealed_key: Buffer | null
  readonly sealed_secret: Buffer | null
  readonly scopes: readonly string[]
  readonly is_revoked: boolean
  readonly is_expired: boolean
  readonly expires_at: Date | null
  readonly is_suspended: boolean
  readonly address: string
  readonly aliases: readonly string[]
  readonly pop_before_smtp: boolean
  readonly has_utf7_folders: boolean
  readonly scram_salt: Buffer
}

/** What a login asks of the credential that opened the door. */
export type ProvenCredential = Omit<
  KnownCredential,
  'verifier' | 'stored_key' | 'server_key' | 'sealed_key' | 'sealed_secret' | 'scram_salt'
>

const COLUMNS = `
  c.id AS credential_id, c.mailbox_id, c.verifier, c.scram_stored_key AS stored_key, c.scram_server_key AS server_key,
  c.sealed_key, c.sealed_secret, c.scopes, c.revoked_at IS NOT NULL AS is_revoked, coalesce(c.expires_at <= now(), false) AS is_expired, c.expires_at,
  m.suspended_at IS NOT NULL AS is_suspended, m.address, m.pop_before_smtp, m.has_utf7_folders, m.scram_salt,
  ARRAY(SELECT a.address FROM aliases a WHERE a.mailbox_id = m.id) AS aliases`

// The history is computed once, however many credentials the name stands for.
const FIND = {
  name: 'credentials-by-login-name',
  text: `
    WITH found AS MATERIALIZED (
      SELECT ${COLUMNS} FROM mailboxes m JOIN credentials c ON c.mailbox_id = m.id WHERE m.domain = $2 AND m.login = $1
      UNION ALL
      SELECT ${COLUMNS} FROM credentials c JOIN mailboxes m ON c.mailbox_id = m.id
      WHERE m.domain = $2 AND c.username = $1
    ), history AS MATERIALIZED (
      SELECT ${historyColumns('a.account', 4)}
      FROM (SELECT coalesce((SELECT 'mailbox:' || mailbox_id FROM found LIMIT 1), $3::text) AS account OFFSET 0) a
    )
    SELECT * FROM history LEFT JOIN found ON true`,
}

type Row = HistoryRow & (KnownCredential | { readonly credential_id: null })

export type LookUp = { readonly credentials: readonly KnownCredential[]; readonly history: History }

/** @param unknownAccount under what attempts are counted when no mailbox has this name */
export async function findCredentials(
  queryable: Queryable,
  { name, domain }: LoginName,
  { place, unknownAccount }: { readonly place: Place; readonly unknownAccount: string },
): Promise<LookUp> {
  const rows = await queryable.query<Row>(FIND, [name, domain ?? '', unknownAccount, ...historyValues(place)])
  const [first] = rows
  if (first === undefined) throw new Error('the look-up of a login has no row')
  return {
    credentials: rows.filter((row): row is HistoryRow & KnownCredential => row.credential_id !== null),
    history: historyFrom(first, place),
  }
}

export function identityOf(credential: ProvenCredential): Identity {
  return {
    mailboxId: credential.mailbox_id,
    credentialId: credential.credential_id,
    address: credential.address,
    addresses: [credential.address, ...credential.aliases],
    popBeforeSmtp: credential.pop_before_smtp,
    hasUtf7Folders: credential.has_utf7_folders,
    expiresAt: credential.expires_at,
  }
}

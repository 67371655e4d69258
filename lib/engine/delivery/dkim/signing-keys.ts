/**
 * The keys that a domain signs with at this moment. Which they are is asked for each message, so that a rotation rules
 * from its commit on; a key is opened once per process.
 *
 * Refuses: a key that does not open (another master key); the mail waits rather than leave unsigned.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Queryable } from '#lib/db/database.ts'
import type { DkimAlgorithm } from '#lib/dkim/dkim-record.ts'
import { dkimKeySeal, sealContext } from '#lib/dkim/private-key-seal.ts'
import type { SigningKey } from './sign-message.ts'

export type SigningKeys = (domain: string) => Promise<readonly SigningKey[]>

const FIND = {
  name: 'dkim-find-signing-keys',
  text: `SELECT selector, algorithm, sealed_private_key FROM dkim_keys
WHERE domain = $1 AND state = 'ACTIVE' AND sealed_private_key IS NOT NULL ORDER BY algorithm`,
}

type Row = { selector: string; algorithm: DkimAlgorithm; sealed_private_key: Buffer }

const MAX_OPENED = 1_000

export function openSigningKeys(database: Queryable, masterKey: Buffer): SigningKeys {
  const seal = dkimKeySeal(masterKey)
  const opened = new Map<string, KeyObject>()

  function open(domain: string, { selector, sealed_private_key }: Row): KeyObject {
    const context = sealContext({ domain, selector })
    const known = opened.get(context)
    if (known) return known
    const key = createPrivateKey({ key: seal.open(sealed_private_key, context), format: 'der', type: 'pkcs8' })
    if (opened.size >= MAX_OPENED) opened.clear()
    opened.set(context, key)
    return key
  }

  return async (domain) => {
    const rows = await database.query<Row>(FIND, [domain])
    return rows.map((row) => {
      const { selector, algorithm } = row
      return { domain, selector, algorithm, privateKey: open(domain, row) }
    })
  }
}

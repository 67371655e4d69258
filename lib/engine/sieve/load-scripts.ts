/** What the scripts of mailboxes need to run; checked scripts are kept. */
import type { Queryable } from '#lib/db/database.ts'
import { type CheckResult, checkScript } from '#lib/sieve/checker.ts'
import { createBatchLane } from '../delivery/batch-lane.ts'
import { FORWARDS } from './keep-records.ts'

export type ScriptOwner = {
  readonly mailboxId: number
  readonly address: string
  readonly displayName: string
  /** its own and its aliases */
  readonly addresses: readonly string[]
  readonly script: string
  readonly folders: readonly { readonly id: number; readonly name: string; readonly specialUse: string | null }[]
  /** the other scripts, for include */
  readonly scripts: ReadonlyMap<string, string>
  /** SHA-256 in hex of what duplicate remembers */
  readonly seen: ReadonlySet<string>
  /** addresses elsewhere whose readers have agreed */
  readonly forwards: ReadonlySet<string>
  /** messages passed on to elsewhere in the last 24 hours */
  readonly forwardedToday: number
}

const LOAD = {
  name: 'sieve-load',
  text: `
SELECT m.id AS mailbox_id, m.address, m.display_name, s.content AS script,
  ARRAY(SELECT a.address FROM aliases a WHERE a.mailbox_id = m.id) AS aliases,
  (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'specialUse', f.special_use)), '[]')
   FROM folders f WHERE f.mailbox_id = m.id) AS folders,
  (SELECT coalesce(json_object_agg(o.name, o.content), '{}') FROM sieve_scripts o
   WHERE o.mailbox_id = m.id AND s.content ILIKE '%include%') AS scripts,
  ARRAY(SELECT encode(k.key, 'hex') FROM recipe_marks k WHERE k.mailbox_id = m.id AND k.kind = 'seen'
        AND k.expires_at > now() AND s.content ILIKE '%duplicate%') AS seen,
  ARRAY(SELECT f.address FROM forward_addresses f WHERE f.mailbox_id = m.id AND f.verified_at IS NOT NULL) AS forwards,
  (SELECT coalesce(sum(c.messages), 0)::int4 FROM sending_counters c WHERE c.mailbox_id = m.id
   AND c.subject = '${FORWARDS}' AND c.hour > now() - interval '24 hours') AS forwarded_today
FROM mailboxes m JOIN sieve_scripts s ON s.mailbox_id = m.id AND s.is_active
WHERE m.id = ANY($1::int4[])`,
}

type LoadedRow = {
  mailbox_id: number
  address: string
  display_name: string
  script: string
  aliases: string[]
  folders: ScriptOwner['folders']
  scripts: Record<string, string>
  seen: string[]
  forwards: string[]
  forwarded_today: number
}

const MAX_BATCH = 200

/** @returns null for a mailbox without an active script; look-ups that wait at the same time share a statement */
export function createScriptLoader(queryable: Queryable): (mailboxId: number) => Promise<ScriptOwner | null> {
  return createBatchLane<number, ScriptOwner | null>({
    maxItems: MAX_BATCH,
    async write(mailboxIds) {
      const owners = await loadScripts(queryable, [...new Set(mailboxIds)])
      const found = new Map(owners.map((owner) => [owner.mailboxId, owner]))
      return mailboxIds.map((mailboxId) => found.get(mailboxId) ?? null)
    },
  })
}

async function loadScripts(queryable: Queryable, mailboxIds: readonly number[]): Promise<ScriptOwner[]> {
  const rows = await queryable.query<LoadedRow>(LOAD, [mailboxIds])
  return rows.map(
    ({ mailbox_id, display_name, address, aliases, scripts, seen, forwards, forwarded_today, ...row }) => ({
      mailboxId: mailbox_id,
      displayName: display_name,
      address,
      addresses: [address, ...aliases],
      script: row.script,
      folders: row.folders,
      scripts: new Map(Object.entries(scripts)),
      seen: new Set(seen),
      forwards: new Set(forwards),
      forwardedToday: forwarded_today,
    }),
  )
}

const MAX_KEPT_CHARACTERS = 4_194_304

/** The same text is checked once; what was used longest ago goes when the kept texts become too many. */
export function createScriptCache(): (text: string) => CheckResult {
  const kept = new Map<string, CheckResult>()
  let characters = 0
  return (text) => {
    const known = kept.get(text)
    const result = known ?? checkScript(text)
    kept.delete(text)
    kept.set(text, result)
    if (known === undefined) characters += text.length
    for (const oldest of kept.keys()) {
      if (characters <= MAX_KEPT_CHARACTERS) break
      kept.delete(oldest)
      characters -= oldest.length
    }
    return result
  }
}

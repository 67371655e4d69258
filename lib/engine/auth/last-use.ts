/**
 * When, from where and by what a credential was last used. Noted at every login, written in batches: a login never
 * waits for it, and what a crash loses is half a second of "last used".
 */
import type { Database } from '#lib/db/database.ts'
import type { ListenerName } from '#lib/policy/schema.ts'

export interface LastUse {
  note(credentialId: string, session: { readonly address: string; readonly listener: ListenerName }): void
  /** Writes what is still waiting. */
  close(): Promise<void>
}

type Use = { readonly at: Date; readonly address: string; readonly via: string }

const WRITE_EVERY_MS = 250
const MAX_WAITING = 10_000

const protocols: Readonly<Record<ListenerName, string>> = {
  mx: 'smtp',
  smtp: 'smtp',
  submission: 'smtp',
  submissions: 'smtp',
  submissionLegacy: 'smtp',
  pop3: 'pop3',
  pop3s: 'pop3',
  imap: 'imap',
  imaps: 'imap',
  managesieve: 'managesieve',
}

// In the order of the ids, so that two processes that write at once lock the rows in the same order.
const WRITE = {
  name: 'credentials-last-use',
  text: `
    UPDATE credentials c SET last_used_at = u.at, last_used_address = u.address, last_used_via = u.via
    FROM (SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::inet[], $4::text[]) AS t(id, at, address, via) ORDER BY id) u
    WHERE c.id = u.id AND (c.last_used_at IS NULL OR c.last_used_at < u.at)`,
}

export function recordLastUse(database: Database): LastUse {
  const waiting = new Map<string, Use>()
  let timer: NodeJS.Timeout | undefined

  async function write(): Promise<void> {
    timer = undefined
    const uses = [...waiting]
    waiting.clear()
    const column = <Value>(pick: (use: Use) => Value) => uses.map(([, use]) => pick(use))
    const ids = uses.map(([id]) => id)
    const values = [ids, column(({ at }) => at), column(({ address }) => address), column(({ via }) => via)]
    // A database that is away loses these notes and nothing else.
    await database.query(WRITE, values).catch(() => {})
  }

  return {
    note(credentialId, { address, listener }) {
      if (waiting.size >= MAX_WAITING && !waiting.has(credentialId)) return
      waiting.set(credentialId, { at: new Date(), address, via: protocols[listener] })
      timer ??= setTimeout(() => void write(), WRITE_EVERY_MS)
    },
    async close() {
      clearTimeout(timer)
      if (waiting.size > 0) await write()
    },
  }
}

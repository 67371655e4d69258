/**
 * The policy as this process knows it.
 *
 * Guarantees: a whole snapshot is swapped in at once, within a second of the operator's save; when a version cannot be
 * read, the last good one goes on ruling. Before the first one is read, everything is deferred (451).
 */
import type { Database } from '#lib/db/database.ts'
import type { Notifications } from '#lib/db/notifications.ts'
import type { Closures } from '#lib/policy/closures.ts'
import { decide, type Question, type Verdict } from '#lib/policy/decide.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { type PolicySnapshot, policyDocumentSchema } from '#lib/policy/schema.ts'

export interface PolicySource {
  /** null until the first snapshot was read */
  current(): PolicySnapshot | null
  decide(question: Question): Verdict
}

const NEWEST = {
  name: 'policy-newest',
  text: 'SELECT id, document FROM policy_versions ORDER BY id DESC LIMIT 1',
}
const RETRY_DELAY_MS = 500

export async function watchPolicy(
  database: Database,
  notifications: Notifications,
  closures: () => Closures,
  onFault: (error: unknown) => void,
): Promise<PolicySource> {
  let snapshot: PolicySnapshot | null = null

  async function read(): Promise<void> {
    const [newest] = await database.query<{ id: number; document: unknown }>(NEWEST, [])
    snapshot = newest
      ? { version: newest.id, document: policyDocumentSchema.parse(newest.document) }
      : { version: 0, document: defaultPolicy }
  }

  async function refresh(): Promise<void> {
    try {
      await read()
    } catch (error) {
      onFault(error)
      setTimeout(() => void refresh(), RETRY_DELAY_MS).unref()
    }
  }

  notifications.on('policy_changed', () => void refresh())
  await refresh()
  return {
    current: () => snapshot,
    decide: (question) =>
      snapshot === null
        ? { outcome: 'defer', reason: 'policyUnavailable' }
        : decide(question, snapshot.document, closures()),
  }
}

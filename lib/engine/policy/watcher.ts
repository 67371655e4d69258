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
import { type PolicyInForce, policyFor, type RuledMailbox, readPolicyInForce } from '#lib/policy/in-force.ts'
import type { PolicyDocument, PolicySnapshot } from '#lib/policy/schema.ts'

export interface PolicySource {
  /** What rules for a mailbox, or where none is known yet; null until the first was read. */
  current(mailbox?: RuledMailbox | null): PolicySnapshot | null
  /** The same, or the built-in rules until the first was read. */
  rules(mailbox?: RuledMailbox | null): PolicyDocument
  decide(question: Question, mailbox?: RuledMailbox | null): Verdict
}

const RETRY_DELAY_MS = 500

export async function watchPolicy(
  database: Database,
  notifications: Notifications,
  closures: () => Closures,
  onFault: (error: unknown) => void,
): Promise<PolicySource> {
  let inForce: PolicyInForce | null = null

  async function read(): Promise<void> {
    inForce = await readPolicyInForce(database)
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
  const current = (mailbox: RuledMailbox | null = null) => (inForce === null ? null : policyFor(inForce, mailbox))
  return {
    current,
    rules: (mailbox) => current(mailbox)?.document ?? defaultPolicy,
    decide(question, mailbox) {
      const snapshot = current(mailbox)
      if (snapshot === null) return { outcome: 'defer', reason: 'policyUnavailable' }
      return decide(question, snapshot.document, closures())
    },
  }
}

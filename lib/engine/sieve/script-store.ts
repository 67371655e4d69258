/**
 * The scripts of one mailbox as ManageSieve changes them. Each save is a version beside those of the portal, and each
 * change is in the audit trail with the credential that made it.
 *
 * Guarantees: what is stored was checked; changes of one mailbox come one after another, under its row lock.
 * Refuses: faulty scripts, more than MAX_SCRIPTS, deleting the script that is active.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database, Queryable, Statement } from '#lib/db/database.ts'
import { checkScript } from '#lib/sieve/checker.ts'
import type { Fault } from '#lib/sieve/fault.ts'
import { forwardTargets } from '#lib/sieve/forward-targets.ts'
import type { Identity } from '../auth/identity.ts'
import { lockMailbox } from '../store/lock-mailbox.ts'
import { askBeforeForwarding } from './keep-records.ts'

export type StoredScript = { readonly name: string; readonly isActive: boolean }

export type ScriptRefusal =
  | { readonly kind: 'faulty'; readonly fault: Fault }
  | { readonly kind: 'missing' | 'active' | 'exists' | 'tooMany' }

export interface ScriptStore {
  list(): Promise<readonly StoredScript[]>
  read(name: string): Promise<string | null>
  hasRoomFor(name: string): Promise<boolean>
  put(name: string, content: string): Promise<ScriptRefusal | null>
  /** @param name empty: none */
  activate(name: string): Promise<ScriptRefusal | null>
  remove(name: string): Promise<ScriptRefusal | null>
  rename(from: string, to: string): Promise<ScriptRefusal | null>
}

export const MAX_SCRIPTS = 50

const LIST = {
  name: 'scripts-list',
  text: 'SELECT name, is_active AS "isActive" FROM sieve_scripts WHERE mailbox_id = $1 ORDER BY name',
}
const READ = {
  name: 'scripts-read',
  text: 'SELECT content FROM sieve_scripts WHERE mailbox_id = $1 AND name = $2',
}
const READ_ACTIVE = {
  name: 'scripts-read-active',
  text: 'SELECT content FROM sieve_scripts WHERE mailbox_id = $1 AND is_active',
}
const PUT = {
  name: 'scripts-put',
  text: `
INSERT INTO sieve_scripts (mailbox_id, name, content) VALUES ($1, $2, $3)
ON CONFLICT (mailbox_id, name) DO UPDATE SET content = EXCLUDED.content, updated_at = now()`,
}
const ADD_VERSION = {
  name: 'scripts-add-version',
  text: `INSERT INTO sieve_script_versions (mailbox_id, name, content, saved_via) VALUES ($1, $2, $3, 'managesieve')`,
}
const REST_ALL = {
  name: 'scripts-rest',
  text: 'UPDATE sieve_scripts SET is_active = false WHERE mailbox_id = $1 AND is_active',
}
const ACTIVATE = {
  name: 'scripts-activate',
  text: 'UPDATE sieve_scripts SET is_active = true WHERE mailbox_id = $1 AND name = $2',
}
const REMOVE = { name: 'scripts-remove', text: 'DELETE FROM sieve_scripts WHERE mailbox_id = $1 AND name = $2' }
const RENAME = {
  name: 'scripts-rename',
  text: 'UPDATE sieve_scripts SET name = $3, updated_at = now() WHERE mailbox_id = $1 AND name = $2',
}

type Query = (statement: Statement, ...values: unknown[]) => Promise<unknown>

/** What a change is called in the audit trail, and what it does under the mailbox's lock. */
type Change = {
  readonly action: 'script.put' | 'script.remove' | 'script.rename' | 'recipes.activate'
  readonly label: string
  readonly work: (scripts: readonly StoredScript[], query: Query) => Promise<ScriptRefusal | null>
}

export type ScriptOwnerIdentity = Pick<Identity, 'mailboxId' | 'credentialId'>

const named = (scripts: readonly StoredScript[], name: string) => scripts.find((each) => each.name === name)
const isRoom = (scripts: readonly StoredScript[], name: string) =>
  scripts.length < MAX_SCRIPTS || named(scripts, name) !== undefined

/** @param ownDomains to whose addresses a script may forward without anybody being asked */
export function createScriptStores(
  database: Database,
  ownDomains: readonly string[],
): (identity: ScriptOwnerIdentity) => ScriptStore {
  return ({ mailboxId, credentialId }) => {
    const list = () => database.query<StoredScript>(LIST, [mailboxId])

    /** With its audit record, and what follows when the script in force is another one now. */
    const change = ({ action, label, work }: Change) =>
      database.transaction(async (transaction) => {
        await lockMailbox(transaction, mailboxId)
        const scripts = await transaction.query<StoredScript>(LIST, [mailboxId])
        const refusal = await work(scripts, (statement, ...values) =>
          transaction.query(statement, [mailboxId, ...values]),
        )
        if (refusal !== null) return refusal
        await askAboutForwards(transaction, mailboxId, ownDomains)
        const details = { label, via: 'managesieve', credentialId }
        await appendSystemAudit(transaction, {
          action,
          subject: `mailbox:${mailboxId}`,
          mailboxId,
          reason: '',
          details,
        })
        return null
      })

    return {
      list,
      read: async (name) => (await database.query<{ content: string }>(READ, [mailboxId, name]))[0]?.content ?? null,
      hasRoomFor: async (name) => isRoom(await list(), name),
      put: async (name, content) => {
        const checked = checkScript(content)
        if (checked.outcome === 'faulty') return { kind: 'faulty', fault: checked.fault }
        return change({ action: 'script.put', label: name, work: put(name, content) })
      },
      activate: (name) => change({ action: 'recipes.activate', label: name, work: activate(name) }),
      remove: (name) => change({ action: 'script.remove', label: name, work: remove(name) }),
      rename: (from, to) => change({ action: 'script.rename', label: `${from} → ${to}`, work: rename(from, to) }),
    }
  }
}

const put =
  (name: string, content: string): Change['work'] =>
  async (scripts, query) => {
    if (!isRoom(scripts, name)) return { kind: 'tooMany' }
    await query(PUT, name, content)
    await query(ADD_VERSION, name, content)
    return null
  }

const activate =
  (name: string): Change['work'] =>
  async (scripts, query) => {
    if (name !== '' && !named(scripts, name)) return { kind: 'missing' }
    await query(REST_ALL)
    if (name !== '') await query(ACTIVATE, name)
    return null
  }

const remove =
  (name: string): Change['work'] =>
  async (scripts, query) => {
    const script = named(scripts, name)
    if (!script) return { kind: 'missing' }
    if (script.isActive) return { kind: 'active' }
    await query(REMOVE, name)
    return null
  }

const rename =
  (from: string, to: string): Change['work'] =>
  async (scripts, query) => {
    if (!named(scripts, from)) return { kind: 'missing' }
    if (named(scripts, to)) return { kind: 'exists' }
    await query(RENAME, from, to)
    return null
  }

/** The readers of new addresses in the script that is in force now. */
async function askAboutForwards(
  transaction: Queryable,
  mailboxId: number,
  ownDomains: readonly string[],
): Promise<void> {
  const [active] = await transaction.query<{ content: string }>(READ_ACTIVE, [mailboxId])
  const checked = active === undefined ? null : checkScript(active.content)
  if (checked?.outcome !== 'valid') return
  await askBeforeForwarding(transaction, mailboxId, forwardTargets(checked.script, ownDomains))
}

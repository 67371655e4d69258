/**
 * The scripts of one mailbox as ManageSieve changes them. Each save is a version beside those of the portal, and each
 * change is in the audit trail with the credential that made it.
 *
 * Guarantees: what is stored was checked; changes of one mailbox come one after another, under its row lock.
 * Refuses: faulty scripts, more than MAX_SCRIPTS, deleting the script that is active.
 */
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import type { Database, Statement } from '#lib/db/database.ts'
import type { Fault } from '#lib/sieve/fault.ts'
import type { Identity } from '../auth/identity.ts'
import { lockMailbox } from '../store/lock-mailbox.ts'
import type { CheckUpload } from './check-upload.ts'
import { askBeforeForwarding } from './keep-records.ts'

export type StoredScript = { readonly name: string; readonly isActive: boolean }

export type ScriptRefusal =
  | { readonly kind: 'faulty'; readonly fault: Fault }
  | { readonly kind: 'missing' | 'active' | 'exists' | 'tooMany' }

export interface ScriptStore {
  list(): Promise<readonly StoredScript[]>
  read(name: string): Promise<string | null>
  hasRoomFor(name: string): Promise<boolean>
  check(content: string): Promise<ScriptRefusal | null>
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

/** What a change may do under the mailbox's lock. */
type Hands = {
  readonly scripts: readonly StoredScript[]
  readonly query: (statement: Statement, ...values: unknown[]) => Promise<unknown>
  /** asks the readers of addresses to which the script in force forwards */
  readonly ask: (forwards: readonly string[]) => Promise<void>
}

/** What a change is called in the audit trail, and what it does. */
type Change = {
  readonly action: 'script.put' | 'script.remove' | 'script.rename' | 'recipes.activate'
  readonly label: string
  readonly work: (hands: Hands) => Promise<ScriptRefusal | null>
}

export type ScriptOwnerIdentity = Pick<Identity, 'mailboxId' | 'credentialId'>

const named = (scripts: readonly StoredScript[], name: string) => scripts.find((each) => each.name === name)
const isRoom = (scripts: readonly StoredScript[], name: string) =>
  scripts.length < MAX_SCRIPTS || named(scripts, name) !== undefined

export function createScriptStores(
  database: Database,
  checkUpload: CheckUpload,
): (identity: ScriptOwnerIdentity) => ScriptStore {
  return (identity) => {
    const { mailboxId } = identity
    const change = ({ action, label, work }: Change) => writeChange(database, identity, { action, label, work })
    const list = () => database.query<StoredScript>(LIST, [mailboxId])
    const read = async (name: string) =>
      (await database.query<{ content: string }>(READ, [mailboxId, name]))[0]?.content ?? null

    return {
      list,
      read,
      hasRoomFor: async (name) => isRoom(await list(), name),
      check: async (content) => {
        const { fault } = await checkUpload(content)
        return fault && { kind: 'faulty', fault }
      },
      put: async (name, content) => {
        const { fault, forwards } = await checkUpload(content)
        if (fault !== null) return { kind: 'faulty', fault }
        return change({ action: 'script.put', label: name, work: put(name, content, forwards) })
      },
      activate: async (name) => {
        const content = name === '' ? null : await read(name)
        const forwards = content === null ? [] : (await checkUpload(content)).forwards
        return change({ action: 'recipes.activate', label: name, work: activate(name, forwards) })
      },
      remove: (name) => change({ action: 'script.remove', label: name, work: remove(name) }),
      rename: (from, to) => change({ action: 'script.rename', label: `${from} → ${to}`, work: rename(from, to) }),
    }
  }
}

/** With its audit record, or not at all. */
function writeChange(
  database: Database,
  { mailboxId, credentialId }: ScriptOwnerIdentity,
  { action, label, work }: Change,
): Promise<ScriptRefusal | null> {
  return database.transaction(async (transaction) => {
    await lockMailbox(transaction, mailboxId)
    const refusal = await work({
      scripts: await transaction.query<StoredScript>(LIST, [mailboxId]),
      query: (statement, ...values) => transaction.query(statement, [mailboxId, ...values]),
      ask: (forwards) => askBeforeForwarding(transaction, mailboxId, forwards),
    })
    if (refusal !== null) return refusal
    const details = { label, via: 'managesieve', credentialId }
    await appendSystemAudit(transaction, { action, subject: `mailbox:${mailboxId}`, mailboxId, reason: '', details })
    return null
  })
}

const put =
  (name: string, content: string, forwards: readonly string[]): Change['work'] =>
  async ({ scripts, query, ask }) => {
    if (!isRoom(scripts, name)) return { kind: 'tooMany' }
    await query(PUT, name, content)
    await query(ADD_VERSION, name, content)
    if (named(scripts, name)?.isActive) await ask(forwards)
    return null
  }

const activate =
  (name: string, forwards: readonly string[]): Change['work'] =>
  async ({ scripts, query, ask }) => {
    if (name !== '' && !named(scripts, name)) return { kind: 'missing' }
    await query(REST_ALL)
    if (name === '') return null
    await query(ACTIVATE, name)
    await ask(forwards)
    return null
  }

const remove =
  (name: string): Change['work'] =>
  async ({ scripts, query }) => {
    const script = named(scripts, name)
    if (!script) return { kind: 'missing' }
    if (script.isActive) return { kind: 'active' }
    await query(REMOVE, name)
    return null
  }

const rename =
  (from: string, to: string): Change['work'] =>
  async ({ scripts, query }) => {
    if (!named(scripts, from)) return { kind: 'missing' }
    if (named(scripts, to)) return { kind: 'exists' }
    await query(RENAME, from, to)
    return null
  }

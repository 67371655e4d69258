/**
 * Runs the scripts of a message's local recipients at delivery and says in the terms of delivery what they decided.
 *
 * Guarantees: nothing is stored or sent here; what a script asks for is stored by the transaction that accepts the
 * message. A script that fails, a folder that is gone, an address whose reader has not agreed and a message that has
 * been here before all mean: the copy is kept, and its owner sees why.
 * Refuses: forwarding in circles (Delivered-To names this mailbox already), answers to programs and lists, reports of a
 * refusal to a sender whom nobody has confirmed: it would hit a bystander, so the copy is kept instead.
 */
import type { Database } from '#lib/db/database.ts'
import { threadCpuMs } from '#lib/sieve/budget.ts'
import { faultLine } from '#lib/sieve/fault-texts.ts'
import { runScript } from '#lib/sieve/interpreter.ts'
import { viewMessage } from '#lib/sieve/message-bytes.ts'
import type { MessageView } from '#lib/sieve/message-view.ts'
import type { Outcome } from '#lib/sieve/outcome.ts'
import type { Surroundings } from '#lib/sieve/run-state.ts'
import type { AcceptedMessage, AcceptedRecipient } from '../delivery/accepted-message.ts'
import { createScriptCache, createScriptLoader, type ScriptOwner } from './load-scripts.ts'
import { markKey } from './recipe-outcome.ts'
import { spamLevel, virusLevel } from './scan-levels.ts'

export type ScriptRun = {
  readonly owner: ScriptOwner
  readonly recipient: AcceptedRecipient
  readonly view: MessageView
  /** the message as the script saw it: our trace fields and the content */
  readonly bytes: Buffer
  readonly outcome: Outcome
  /** null: nothing is wrong with the script; else a sentence for its owner */
  readonly fault: string | null
  /** it was delivered to this mailbox before and came back */
  readonly hasBeenHere: boolean
}

export type ScriptSite = { readonly domain: string; readonly hostName: string; readonly zoneMinutes: number }

export function createScriptRunner(database: Database, site: ScriptSite, now: () => Date) {
  const check = createScriptCache()
  const loadScript = createScriptLoader(database)

  function surroundingsOf(owner: ScriptOwner, message: AcceptedMessage, recipient: AcceptedRecipient): Surroundings {
    return {
      envelope: { from: message.sender, to: recipient.address, auth: null },
      now: now(),
      zoneMinutes: site.zoneMinutes,
      environment: { domain: site.domain, host: site.hostName, location: 'MDA', phase: 'during', name: 'recipes' },
      folders: owner.folders,
      includable: (name) => {
        const checked = check(owner.scripts.get(name) ?? '\0')
        return checked.outcome === 'valid' ? checked.script : null
      },
      wasSeen: (key) => owner.seen.has(markKey('seen', key).toString('hex')),
      spamLevel: spamLevel(message.scanned, message.fileInto),
      virusLevel: virusLevel(message.scanned),
      cpuClock: threadCpuMs,
    }
  }

  function runOne(owner: ScriptOwner, message: AcceptedMessage, recipient: AcceptedRecipient): ScriptRun {
    const deliveredTo = Buffer.from(`Delivered-To: ${recipient.address}\r\n`)
    const bytes = Buffer.concat([deliveredTo, message.traceHeader, message.content])
    const view = viewMessage(bytes)
    const earlier = view.header.slice(1).filter(({ key }) => key === 'delivered-to')
    const hasBeenHere = earlier.some(({ value }) => owner.addresses.includes(value.toLowerCase()))
    const checked = check(owner.script)
    const common = { owner, recipient, view, bytes, hasBeenHere }
    if (checked.outcome === 'faulty') return { ...common, outcome: keepOnly, fault: faultLine(checked.fault).en }
    const outcome = runScript(checked.script, view, surroundingsOf(owner, message, recipient))
    return { ...common, outcome, fault: outcome.fault && faultLine(outcome.fault).en }
  }

  /** One run for each mailbox, whatever number of its addresses the message names. */
  return async (message: AcceptedMessage): Promise<ScriptRun[]> => {
    const recipients = new Map<number, AcceptedRecipient>()
    for (const recipient of message.recipients) {
      const { target } = recipient
      if (target.kind !== 'local' || !target.hasScript || recipients.has(target.mailboxId)) continue
      recipients.set(target.mailboxId, recipient)
    }
    const runs = await Promise.all(
      [...recipients].map(async ([mailboxId, recipient]) => {
        const owner = await loadScript(mailboxId)
        return owner === null ? [] : [runOne(owner, message, recipient)]
      }),
    )
    return runs.flat()
  }
}

const keepOnly: Outcome = {
  actions: [{ kind: 'keep', flags: [], isImplicit: true, header: null }],
  fault: null,
  seen: [],
}

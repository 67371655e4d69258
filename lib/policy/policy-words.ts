/** The paths and values of a policy in words. What has no words yet is shown as it is. */
import { type NumberField, numberFields, numberListFields } from './number-units.ts'
import type { PolicyValue } from './policy-diff.ts'

const keyOf: Readonly<Record<string, string>> = {
  'popBeforeSmtp.enabled': 'popBeforeSmtpEnabled',
  'strangers.greylisting': 'greylisting',
  'oldHost.sendsByMxPort': 'oldHost.sends',
  'oldHost.waves': 'oldHost.waves',
  'inbound.senderChecks': 'senderChecks',
  'scanning.whenAway': 'scanning.whenAway',
  'scanning.spam': 'scanning.spam',
  'migration.fullMailbox': 'fullMailbox',
  'inheritedPasswords.readingUntil': 'inheritedReading',
  'relay.retryDelaysSeconds': 'retryDelays',
}

const choiceKeyOf: Readonly<Record<string, string>> = {
  'inbound.senderChecks': 'senderCheckMode',
  'scanning.whenAway': 'scanning.away',
  'scanning.spam': 'scanning.spamChoice',
  'migration.fullMailbox': 'fullMailboxChoice',
}

/** The text of a key below "policy" in the reader's language, with `values` in their places; null where there is none. */
export type PolicyText = (key: string, values?: Readonly<Record<string, number>>) => string | null

export type PolicyWords = {
  readonly name: (path: string) => string
  readonly value: (path: string, given: PolicyValue | null) => string
}

export function policyWords(text: PolicyText): PolicyWords {
  return { name: (path) => nameIn(text, path), value: (path, given) => valueIn(text, path, given) }
}

/** @param given may end in the place within a list */
function nameIn(text: PolicyText, given: string): string {
  const path = given.replace(/(?:\.\d+)+$/, '')
  const [room = '', ...rest] = path.split('.')
  const group = text(`group.${room}`)
  const own = room === 'listeners' ? listenerName(text, rest) : ownName(text, path, rest)
  if (own === null) return group ?? path
  return group === null || room === 'listeners' ? own : `${group}: ${own}`
}

function listenerName(text: PolicyText, [listener, field]: readonly string[]): string | null {
  if (listener === undefined) return null
  const named = text(`listener.${listener}`) ?? listener
  return field === undefined ? named : `${named}: ${text(field) ?? field}`
}

function ownName(text: PolicyText, path: string, rest: readonly string[]): string | null {
  const last = rest.at(-1)
  if (last === undefined) return null
  if (path.startsWith('oldHost.waves.')) {
    const wave = text('oldHost.wave', { number: Number(rest[1]) + 1 })
    return `${wave}: ${text(`oldHost.${last}`) ?? last}`
  }
  return text(keyOf[path] ?? `number.${last}`) ?? text(`list.${last}.label`) ?? path
}

function valueIn(text: PolicyText, path: string, given: PolicyValue | null): string {
  if (given === null) return '—'
  if (typeof given === 'boolean') return text(given ? 'on' : 'off') ?? String(given)
  const choices = choiceKeyOf[path]
  if (choices !== undefined) return text(`${choices}.${given}`) ?? String(given)
  const unit = numberFields[path as NumberField] ?? numberListFields[path as keyof typeof numberListFields] ?? 1
  const shown = [given].flat().map((each) => (typeof each === 'number' ? each / unit : each))
  return shown.join(', ') || (text('none') ?? '')
}

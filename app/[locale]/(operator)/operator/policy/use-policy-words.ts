/** The paths and values of a policy in words. What has no words yet is shown as it is. */
import { useTranslations } from 'next-intl'
import type { PolicyValue } from '#lib/policy/policy-diff.ts'
import { type NumberField, numberFields, numberListFields } from './policy-form.ts'

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

export function usePolicyWords() {
  const t = useTranslations('policy')
  const word = (key: string) => (t.has(key as never) ? t(key as never) : null)

  /** @param given may end in the place within a list */
  function name(given: string): string {
    const path = given.replace(/(?:\.\d+)+$/, '')
    const [room = '', ...rest] = path.split('.')
    const group = word(`group.${room}`)
    const own = room === 'listeners' ? listenerName(rest) : ownName(path, rest)
    if (own === null) return group ?? path
    return group === null || room === 'listeners' ? own : `${group}: ${own}`
  }

  function listenerName([listener, field]: readonly string[]): string | null {
    if (listener === undefined) return null
    const named = word(`listener.${listener}`) ?? listener
    return field === undefined ? named : `${named}: ${word(field) ?? field}`
  }

  function ownName(path: string, rest: readonly string[]): string | null {
    const last = rest.at(-1)
    if (last === undefined) return null
    if (path.startsWith('oldHost.waves.')) {
      return `${t('oldHost.wave', { number: Number(rest[1]) + 1 })}: ${word(`oldHost.${last}`) ?? last}`
    }
    return word(keyOf[path] ?? `number.${last}`) ?? word(`list.${last}.label`) ?? path
  }

  function value(path: string, given: PolicyValue | null): string {
    if (given === null) return '—'
    if (typeof given === 'boolean') return t(given ? 'on' : 'off')
    const choices = choiceKeyOf[path]
    if (choices !== undefined) return word(`${choices}.${given}`) ?? String(given)
    const unit = numberFields[path as NumberField] ?? numberListFields[path as keyof typeof numberListFields] ?? 1
    const shown = [given].flat().map((each) => (typeof each === 'number' ? each / unit : each))
    return shown.join(', ') || t('none')
  }

  return { name, value }
}

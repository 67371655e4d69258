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
  'relay.retryDelaysSeconds': 'retryDelays',
}

const choiceKeyOf: Readonly<Record<string, string>> = {
  'inbound.senderChecks': 'senderCheckMode',
  'scanning.whenAway': 'scanning.away',
  'scanning.spam': 'scanning.spamChoice',
}

export function usePolicyWords() {
  const t = useTranslations('policy')
  const word = (key: string) => (t.has(key as never) ? t(key as never) : null)

  function name(path: string): string {
    const [room = '', ...rest] = path.split('.')
    if (room === 'listeners') {
      const [listener, field] = rest
      return `${word(`listener.${listener}`) ?? listener}: ${word(String(field)) ?? field}`
    }
    if (path.startsWith('oldHost.waves.')) {
      const [, index, field] = rest
      return `${t('oldHost.wave', { number: Number(index) + 1 })}: ${word(`oldHost.${field}`) ?? field}`
    }
    const last = rest.at(-1) ?? room
    const own = word(keyOf[path] ?? `number.${last}`) ?? word(`list.${last}.label`) ?? path
    const group = word(`group.${room}`)
    return group === null ? own : `${group}: ${own}`
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

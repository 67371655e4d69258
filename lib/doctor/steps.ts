/** What an attempt got done and where it stopped, as a timeline. Pure; nothing of it names a person or a password. */
import type { Mishap } from '#lib/mail/mishap.ts'
import { reasons } from '#lib/policy/reasons.ts'
import { type Attempt, type AttemptEvent, isCutOff } from './attempt.ts'

export type StepState = 'done' | 'failed' | 'plain'

export type StepId =
  | 'connected'
  | 'encrypted'
  | 'notEncrypted'
  | 'encryptionFailed'
  | 'loggedIn'
  | 'loginRefused'
  | 'checkEnded'
  | 'windowOpened'
  | 'accepted'
  | 'refused'
  | 'left'
  | 'cutOff'
  | 'strange'

export type Step = {
  readonly id: StepId
  readonly state: StepState
  /** TLS version, mechanism, or reply code with the help page's code */
  readonly detail: string | null
}

const step = (id: StepId, state: StepState, detail: string | null = null): Step => ({ id, state, detail })

const tlsMishaps: readonly (Mishap | null)[] = [
  'tlsTooOld',
  'tlsFailed',
  'certificateRefused',
  'certificateOutdated',
  'tlsOnPlainPort',
  'plainOnTlsPort',
]
const MOST_OUTCOMES = 4

export function stepsOf({ events }: Attempt): Step[] {
  const outcomes = events.flatMap((event) => outcomeStep(event) ?? []).slice(-MOST_OUTCOMES)
  return [step('connected', 'done'), ...encryptionStep(events), ...outcomes]
}

function encryptionStep(events: readonly AttemptEvent[]): Step[] {
  const version = events.findLast(({ tlsVersion }) => tlsVersion !== null)?.tlsVersion
  if (version) return [step('encrypted', 'done', version)]
  if (events.some(({ mishap }) => tlsMishaps.includes(mishap))) return [step('encryptionFailed', 'failed')]
  return [step('notEncrypted', 'plain')]
}

function outcomeStep(event: AttemptEvent): Step | null {
  const { kind, mechanism, reason, replyCode, mishap, isCheck } = event
  if (isCutOff(event)) return step('cutOff', 'failed')
  switch (kind) {
    case 'login':
      return step('loggedIn', 'done', mechanism)
    case 'relayWindowOpened':
      return step('windowOpened', 'done')
    case 'accepted':
      return step('accepted', 'done')
    case 'refusal': {
      if (isCheck && reason === 'badCredentials') return step('checkEnded', 'plain')
      if (mechanism !== null) return step('loginRefused', 'failed', mechanism)
      const guide = reason === null ? null : reasons[reason].guide
      return step('refused', 'failed', [replyCode, guide].filter(Boolean).join(' ') || null)
    }
    case 'mishap':
      if (mishap === 'leftWithoutWord') return step('left', 'failed')
      return tlsMishaps.includes(mishap) ? null : step('strange', 'failed')
    case 'sessionEnded':
      return null
  }
}

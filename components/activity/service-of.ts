/** The service that a person knows, behind the name of a listener. */
import type { ListenerName } from '#lib/policy/schema.ts'

export type Service = 'pop' | 'imap' | 'managesieve' | 'smtpAuth' | 'popBeforeSmtp' | 'incoming' | 'unknown'

const services: Record<ListenerName, Service> = {
  mx: 'incoming',
  smtp: 'popBeforeSmtp',
  submission: 'smtpAuth',
  submissions: 'smtpAuth',
  submissionLegacy: 'smtpAuth',
  pop3: 'pop',
  pop3s: 'pop',
  imap: 'imap',
  imaps: 'imap',
  managesieve: 'managesieve',
}

export function serviceOf(listener: ListenerName | null): Service {
  return listener === null ? 'unknown' : services[listener]
}

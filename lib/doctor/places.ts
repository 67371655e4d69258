import type { ConnectionSettings } from '#lib/guides/connection-settings.ts'
import { windowMinutes } from '#lib/guides/connection-settings.ts'

/** Names and numbers that the doctor's sentences mention; all of them are configuration. */
export type Places = {
  readonly old: string
  readonly pop: string
  readonly smtp: string
  readonly smtpa: string
  readonly tlsPort: string
  readonly starttlsPort: string
  readonly minutes: number
}

export function placesOf(settings: ConnectionSettings): Places {
  return {
    ...settings.hosts,
    tlsPort: String(settings.submission.port),
    starttlsPort: String(settings.submissionStartTls.port),
    minutes: windowMinutes(settings),
  }
}

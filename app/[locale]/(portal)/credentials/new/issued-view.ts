/** What the page shows once, right after issuing. */

export type IssuedValue = {
  readonly group: 'receiving' | 'sending'
  readonly label: string
  readonly value: string
  readonly copyable: boolean
}

/** A service of a trial machine, where the real host names lead nowhere. */
export type TrialPlace = {
  readonly service: 'pop' | 'imap' | 'smtpAuth' | 'popBeforeSmtp'
  readonly host: string
  readonly port: number
  readonly security: 'SSL/TLS' | 'none'
}

export type Issued = {
  readonly label: string
  readonly address: string
  readonly username: string
  readonly password: string
  readonly client: { readonly id: string; readonly name: string } | null
  readonly values: readonly IssuedValue[]
  /** empty unless this is a trial machine */
  readonly trial: readonly TrialPlace[]
}

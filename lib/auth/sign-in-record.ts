/**
 * A line in the portal's log for each proof of identity that somebody gave or failed to give. Names are the digests of
 * lib/attempts: people type passwords into the field of the name.
 */
export type SignInOutcome = 'right' | 'wrong' | 'tooMany'

type SignInRecord = {
  readonly outcome: SignInOutcome
  readonly by: 'secret' | 'passkey'
  /** null where a passkey of nobody was shown */
  readonly account: string | null
  readonly address: string
}

export function recordSignIn(record: SignInRecord): void {
  console.info(`portal sign-in: ${JSON.stringify({ at: new Date().toISOString(), ...record })}`)
}

/** For whom a profile or a code is made. There is no password in it: the person types it. */
import type { SetUpFacts } from '#lib/accounts/set-up-link.ts'

export type MailPerson = {
  readonly address: string
  readonly name: string
  /** of one credential */
  readonly username: string
  readonly receivesBy: 'imap' | 'pop'
}

/** @returns null for a credential that cannot both receive and send by SMTP AUTH */
export function mailPerson({ credential, address, displayName }: SetUpFacts): MailPerson | null {
  const { scopes, username } = credential
  const receivesBy = (['imap', 'pop'] as const).find((protocol) => scopes.includes(protocol))
  if (receivesBy === undefined || !scopes.includes('submission')) return null
  return { address, name: displayName, username, receivesBy }
}

/** From a login's result into the authenticated state. The words are the same for every kind of wrong password. */

import type { ReasonId } from '#lib/policy/reasons.ts'
import type { LoginResult } from '../auth/identity.ts'
import { capabilities } from './capabilities.ts'
import { bad, no, ok, type Reply } from './reply.ts'
import type { ImapSession } from './session.ts'

const MAX_FAILED_LOGINS = 5

const codeByReason: Partial<Record<ReasonId, string>> = {
  tlsRequired: 'PRIVACYREQUIRED',
  oldHostServesNoMore: 'ALERT',
  mechanismNotAllowed: 'CANNOT',
  authNotOffered: 'CANNOT',
  notDecided: 'CANNOT',
}

export function concludeLogin(session: ImapSession, result: LoginResult): Reply {
  if (result.outcome === 'accepted') {
    session.signIn(result.identity)
    return ok('Logged in', `CAPABILITY ${capabilities(session)}`)
  }
  session.failedLogins += 1
  if (session.failedLogins >= MAX_FAILED_LOGINS) {
    session.isLoggingOut = true
    session.bye('Too many failed logins')
  }
  if (result.outcome === 'refused') {
    const { reason, temporary, text } = result.refusal
    return no(text, temporary ? 'UNAVAILABLE' : (codeByReason[reason] ?? 'AUTHENTICATIONFAILED'))
  }
  return bad(result.outcome === 'cancelled' ? 'Login cancelled' : 'The login data cannot be read')
}

/**
 * From a login's result into the TRANSACTION state: the lock on the mailbox, its listing, the RelayWindow.
 *
 * Guarantees: the client hears "+OK" only when all of it is done; a login that does not get the mailbox opens no
 * RelayWindow. Refuses with the same words for an unknown name and for every kind of wrong password.
 */
import type { Identity, LoginResult } from '../auth/identity.ts'
import type { Next } from './command.ts'
import { OpenMailbox } from './open-mailbox.ts'
import { type Pop3Session, responseCodeFor } from './session.ts'

const MAX_FAILED_LOGINS = 5

export async function concludeLogin(session: Pop3Session, result: LoginResult): Promise<Next> {
  session.userName = null
  if (result.outcome === 'accepted') return enterMailbox(session, result.identity)
  if (result.outcome === 'refused') session.error(result.refusal.text, responseCodeFor(result.refusal.reason))
  else if (result.outcome === 'cancelled') session.refuse('Login cancelled', undefined, null)
  else session.refuse('The login data cannot be read', undefined, null)
  session.failedLogins += 1
  return session.failedLogins < MAX_FAILED_LOGINS ? 'continue' : 'close'
}

async function enterMailbox(session: Pop3Session, identity: Identity): Promise<Next> {
  const maildrop = await session.services.maildrops.open(identity.mailboxId)
  if (maildrop === null) {
    session.refuse('Another mail program is reading this mailbox, try again in a moment', 'IN-USE', null)
    return 'continue'
  }
  const mailbox = new OpenMailbox(maildrop)
  session.enterTransaction(identity, mailbox)
  await openRelayWindow(session, identity)
  session.ok(`${mailbox.count} messages (${mailbox.totalBytes} octets)`)
  return 'continue'
}

/** POP before SMTP. Whoever cannot have a window now still reads mail; sending will say what is missing. */
async function openRelayWindow(session: Pop3Session, identity: Identity): Promise<void> {
  const { policy, relayWindows, onFault } = session.services
  const rules = policy.current(identity)?.document.popBeforeSmtp
  if (rules?.enabled !== true) return
  const { listener, remoteAddress: address } = session.connection
  try {
    const optedIn = identity.popBeforeSmtp
    const mailboxCount = optedIn ? await relayWindows.noteUse(identity.mailboxId, address) : 0
    const verdict = policy.decide(
      {
        stage: 'openRelayWindow',
        listener: listener.name,
        optedIn,
        from: { address, mailboxCount },
      },
      identity,
    )
    if (verdict.outcome !== 'accept') return
    const expiresAt = await relayWindows.open(identity, address, rules.windowSeconds)
    if (expiresAt !== null) session.recorder.relayWindowOpened({ expiresAt })
  } catch (error) {
    onFault(error)
  }
}

/** The reader's own values for a guide. A support agent or an operator has no mailbox and sees the general page. */
import 'server-only'
import { listCredentials, listMailboxes } from '#lib/accounts/index.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import type { Session } from '#lib/auth/web-sessions.ts'
import type { Person } from './setup.ts'

export type Reader = {
  readonly person: Person
  readonly mailboxId: number
  readonly otherMailboxes: readonly { readonly id: number; readonly address: string }[]
}

export async function loadReader(clientId: string, mailboxId: number | null): Promise<Reader | null> {
  const session = await currentSession()
  return session?.actor.role === 'SUBSCRIBER' ? readerOf(session, clientId, mailboxId) : null
}

async function readerOf(session: Session, clientId: string, mailboxId: number | null): Promise<Reader | null> {
  const mailboxes = await listMailboxes(session.actor)
  const mailbox = mailboxes.find(({ id }) => id === mailboxId) ?? mailboxes[0]
  if (mailbox === undefined) return null
  const credentials = await listCredentials(session.actor, mailbox.id)
  const now = Date.now()
  const own = credentials.find(
    ({ clientId: madeFor, revokedAt, expiresAt }) =>
      madeFor === clientId && revokedAt === null && (expiresAt === null || expiresAt.getTime() > now),
  )
  return {
    person: { address: mailbox.address, name: mailbox.displayName, username: own?.username ?? null },
    mailboxId: mailbox.id,
    otherMailboxes: mailboxes.filter(({ id }) => id !== mailbox.id).map(({ id, address }) => ({ id, address })),
  }
}

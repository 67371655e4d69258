/** Reads what is known of mailboxes: their names, windows and programs. Whoever asks has made sure that they may. */
import type { MailboxView } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { siteEnv } from '#lib/env/site.ts'
import { domainOf } from '#lib/mail/domain-of.ts'
import type { DoctorFacts, MailboxFacts } from './facts.ts'

type WindowRow = { mailboxId: number; address: string; openedAt: Date; expiresAt: Date }

type KnownMailbox = Pick<MailboxView, 'id' | 'address' | 'login' | 'popBeforeSmtp'>

/** @param since from when on it matters that a mailbox was read by IMAP */
export async function loadDoctorFacts(mailboxes: readonly KnownMailbox[], since: Date): Promise<DoctorFacts> {
  const { hosts, domain, hostedDomains } = siteEnv()
  const realm = { defaultDomain: domain, hostedDomains }
  return { hosts, realm, mailboxes: mailboxes.length === 0 ? [] : await loadMailboxFacts(mailboxes, since) }
}

async function loadMailboxFacts(mailboxes: readonly KnownMailbox[], since: Date): Promise<MailboxFacts[]> {
  const ids = mailboxes.map(({ id }) => id)
  const [credentials, windows, imapLogins] = await Promise.all([
    prisma().credential.findMany({
      where: { mailboxId: { in: ids } },
      orderBy: { createdAt: 'desc' },
      select: { mailboxId: true, username: true, clientId: true, revokedAt: true },
    }),
    prisma().$queryRaw<WindowRow[]>`
      SELECT mailbox_id AS "mailboxId", host(address) AS address, opened_at AS "openedAt", expires_at AS "expiresAt"
      FROM relay_windows WHERE mailbox_id = ANY(${ids})`,
    prisma().protocolEvent.findMany({
      where: { mailboxId: { in: ids }, kind: 'login', listener: { in: ['imap', 'imaps'] }, at: { gt: since } },
      select: { mailboxId: true, at: true },
    }),
  ])
  return mailboxes.map(({ id, address, login, popBeforeSmtp }) => {
    const own = credentials.filter(({ mailboxId }) => mailboxId === id)
    return {
      id,
      address,
      names: [login, ...own.map(({ username }) => username)],
      domain: domainOf(address),
      popBeforeSmtp,
      windows: windows.filter(({ mailboxId }) => mailboxId === id),
      imapLogins: imapLogins.filter(({ mailboxId }) => mailboxId === id),
      clientId: own.find(({ clientId, revokedAt }) => clientId !== null && revokedAt === null)?.clientId ?? null,
    }
  })
}

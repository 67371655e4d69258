/** One mailbox as an agent sees it; see read-customer.ts for what they never see. */
import { type Actor, type CredentialView, listCredentials, type MailboxView } from '#lib/accounts/index.ts'
import { LIVE_SESSION_SECONDS } from '#lib/accounts/live-session-lifetime.ts'
import { openWindowsOf, type RelayWindowView } from '#lib/activity/list-relay-windows.ts'
import { prisma } from '#lib/db/prisma.ts'
import { type JobView, jobParts, jobView } from '#lib/migration/job-view.ts'
import { type OldHostDevice, oldHostDevicesOf } from '#lib/move/old-host-devices.ts'
import { currentPolicy } from '#lib/policy/index.ts'
import { type TraceState, traceState } from '#lib/trace-consent/read-trace.ts'
import { type LoginResult, loginResults } from './login-results.ts'
import { type RecipeFault, recipeFaults } from './recipe-faults.ts'

export type AssistedMailbox = MailboxView & {
  readonly aliases: readonly string[]
  /** recipients in the last 24 hours, of `maxRecipientsPerDay` */
  readonly recipientsOfDay: number
  readonly maxRecipientsPerDay: number
  readonly logins: readonly LoginResult[]
  readonly credentials: readonly CredentialView[]
  /** mail programs that are connected now */
  readonly liveSessions: number
  readonly windows: readonly RelayWindowView[]
  readonly recipeFaults: readonly RecipeFault[]
  readonly oldHostDevices: readonly OldHostDevice[]
  /** the newest move of its mail from an old system */
  readonly migration: JobView | null
  /** whether the owner lets this agent see with whom they correspond */
  readonly trace: TraceState
}

const DAY_MS = 86_400_000

export async function readAssistedMailbox(actor: Actor, mailbox: MailboxView): Promise<AssistedMailbox> {
  const { id } = mailbox
  const [policy, aliases, recipientsOfDay, logins, credentials, liveSessions, ...others] = await Promise.all([
    currentPolicy(),
    prisma().alias.findMany({ where: { mailboxId: id }, select: { address: true }, orderBy: { createdAt: 'asc' } }),
    countRecipientsOfDay(id),
    loginResults(mailbox),
    listCredentials(actor, id),
    countLiveSessions(id),
    openWindowsOf([id]),
    recipeFaults(id),
    oldHostDevicesOf([id]),
    newestMigration(id),
    traceState(actor, id),
  ])
  const [windows, faults, oldHostDevices, migration, trace] = others
  const { maxRecipientsPerDay } = policy.document.submission.limits
  return {
    ...mailbox,
    aliases: aliases.map(({ address }) => address),
    ...{ recipientsOfDay, maxRecipientsPerDay, logins, credentials, liveSessions, windows },
    ...{ recipeFaults: faults, oldHostDevices, migration, trace },
  }
}

/** How many, never whom. */
async function countRecipientsOfDay(mailboxId: number): Promise<number> {
  const { _sum: sum } = await prisma().sendingCounter.aggregate({
    where: { mailboxId, subject: '', hour: { gt: new Date(Date.now() - DAY_MS) } },
    _sum: { recipients: true },
  })
  return sum.recipients ?? 0
}

function countLiveSessions(mailboxId: number): Promise<number> {
  const seenAt = { gt: new Date(Date.now() - LIVE_SESSION_SECONDS * 1_000) }
  return prisma().liveSession.count({ where: { mailboxId, seenAt } })
}

/** What a person calls their folders is theirs. */
async function newestMigration(mailboxId: number): Promise<JobView | null> {
  const job = await prisma().migrationJob.findFirst({
    where: { mailboxId },
    include: jobParts,
    orderBy: { createdAt: 'desc' },
  })
  return job === null ? null : { ...jobView(job), folderName: null }
}

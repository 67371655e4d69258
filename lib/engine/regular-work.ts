/** What a worker does of its own accord, and how often. Several workers may do it at once: each work is safe for that. */
import { purgeAttempts } from '#lib/attempts/repository.ts'
import type { Database } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { PhoneGateway } from '#lib/phone-gateway/phone-gateway.ts'
import { noteRetentionRun } from '#lib/retention/note-run.ts'
import { keepApprovalsDays, keepTraceDays, keepUsageSamplesDays } from '#lib/retention/retention-kinds.ts'
import { purgeUsageSamples, sampleUsage } from '#lib/usage/sample-usage.ts'
import { purgeSendingRecords } from './abuse/purge-sending-records.ts'
import { chainHeadWriter } from './audit/write-chain-heads.ts'
import { closeMailboxes } from './closing/close-mailboxes.ts'
import { purgeReleasedAddresses } from './closing/purge-released-addresses.ts'
import { warnOfClosing } from './closing/warn-of-closing.ts'
import type { PutNotice } from './delivery/put-notice.ts'
import type { ResolveRecipient } from './delivery/resolve-recipient.ts'
import type { SendOwn } from './delivery/send-own.ts'
import { purgeTlsResults } from './delivery/tls-policy/tls-results.ts'
import { purgeEvents } from './events/purge-events.ts'
import { sendAddressNotices } from './notices/send-address-notices.ts'
import { sendAnnouncementLetters } from './notices/send-announcement-letters.ts'
import { sendOwnerNotices } from './notices/send-owner-notices.ts'
import { sendPolicyNotices } from './notices/send-policy-notices.ts'
import type { PolicySource } from './policy/watcher.ts'
import { purgeTrace } from './queue/record-outcomes.ts'
import { warnOfFullMailboxes } from './quota/warn-of-full-mailboxes.ts'
import { answerRecovery } from './recovery/answer-recovery.ts'
import { type RegularRuns, runRegularly } from './runtime/run-regularly.ts'
import { sendInvitations } from './sieve/send-invitations.ts'
import { purgeSightings } from './sightings/purge-sightings.ts'
import { confirmAddresses } from './staff/confirm-address.ts'
import { inviteStaff } from './staff/invite-staff.ts'
import { purgeApprovals } from './staff/purge-approvals.ts'
import type { Changes } from './store/changes.ts'
import { removeWhatIsDue } from './store/retention.ts'
import { announceEvents } from './webhooks/announce-events.ts'
import { deliverWebhooks } from './webhooks/deliver-webhooks.ts'
import { purgeProgramRecords } from './webhooks/purge-program-records.ts'

export type RegularWorkParts = {
  readonly database: Database
  readonly policy: Pick<PolicySource, 'current' | 'rules'>
  readonly changes: Pick<Changes, 'folderChanged'>
  readonly putNotice: PutNotice
  readonly sendOwn: SendOwn
  readonly resolveRecipient: ResolveRecipient
  readonly phoneGateway: PhoneGateway
  readonly site: SiteEnv
  readonly portalUrl: string
  readonly masterKey: Buffer
  readonly dataDirectory: string
  readonly onFault: (error: unknown) => void
}

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/** Somebody waits for most of them. */
const letters = [
  sendOwnerNotices,
  sendAddressNotices,
  sendPolicyNotices,
  sendAnnouncementLetters,
  sendInvitations,
  inviteStaff,
  confirmAddresses,
  answerRecovery,
]

export function startRegularWork(parts: RegularWorkParts): RegularRuns {
  const { database, policy, dataDirectory, masterKey, onFault } = parts
  const every = (everyMs: number, work: () => Promise<unknown>) => runRegularly({ everyMs, work, onFault })
  const hourlyAndNow = (work: () => Promise<unknown>) =>
    runRegularly({ everyMs: HOUR_MS, work, onFault, startsAtOnce: true })
  const webhookRules = () => policy.rules().webhooks
  const runs = [
    ...letters.map((write) => every(SECOND_MS, () => write(parts))),
    every(2 * SECOND_MS, () => deliverWebhooks({ ...parts, webhookRules })),
    every(5 * SECOND_MS, () => announceEvents(database)),
    every(MINUTE_MS, () => warnOfFullMailboxes(parts)),
    every(MINUTE_MS, chainHeadWriter(database, dataDirectory)),
    every(10 * MINUTE_MS, () => removeWhatIsDue(parts)),
    every(10 * MINUTE_MS, () => closeMailboxes(database, masterKey)),
    every(10 * MINUTE_MS, () => warnOfClosing(parts, policy.rules().closing.waitDays)),
    hourlyAndNow(() => sampleUsage(database)),
    hourlyAndNow(() => purgeUsageSamples(database, keepUsageSamplesDays)),
    hourlyAndNow(() => purgeReleasedAddresses(database, policy.rules().ownAddresses.quarantineDays)),
    hourlyAndNow(() => purgeEvents(database)),
    hourlyAndNow(() => purgeProgramRecords(database)),
    hourlyAndNow(async () => noteRetentionRun(database, 'loginFailures', await purgeAttempts(database))),
    hourlyAndNow(() => purgeSendingRecords(database, policy.rules())),
    hourlyAndNow(() => purgeTrace(database, keepTraceDays)),
    hourlyAndNow(() => purgeTlsResults(database, keepTraceDays)),
    hourlyAndNow(() => purgeSightings(database)),
    hourlyAndNow(() => purgeApprovals(database, keepApprovalsDays)),
  ]
  return {
    async close() {
      await Promise.all(runs.map((run) => run.close()))
    },
  }
}

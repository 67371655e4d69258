/** What is kept for a while and then goes: the closed list, and for how long where no policy or setting says so. */
export const retentionKinds = [
  'events',
  'queueTrace',
  'tlsResults',
  'loginFailures',
  'correspondents',
  'sendingCounters',
  'sendingTrips',
  'addressUses',
  'greylist',
  'unknownRecipients',
  'recipeMarks',
  'probes',
  'webhooks',
  'clientSightings',
  'apiAnswers',
  'usageSamples',
  'releasedAddresses',
  'approvals',
  'trash',
  'junk',
] as const
export type RetentionKind = (typeof retentionKinds)[number]

/** The half year that is usual for access logs in Japan. */
export const keepEventsDays = 180
export const keepProbesDays = 90
export const keepWebhooksDays = 30
/** Who uses a program once a year still counts. */
export const keepSightingsDays = 400
export const keepApiAnswersDays = 1
/** Limits look back a day. */
export const keepSendingCountersDays = 2
/** Who wrote to whom is a secret of communications: the trace of finished messages, for questions about them. */
export const keepTraceDays = 90
/** Counted from when a request ran out; that it was made and decided is in the audit trail. */
export const keepApprovalsDays = 7
/** A year, and the same month a year before. */
export const keepUsageSamplesDays = 400

/** The numbers of a policy, and how many of the document's seconds or bytes make one of what people say. */

const MEBIBYTE = 1_048_576

export const numberFields = {
  'popBeforeSmtp.windowSeconds': 60,
  'popBeforeSmtp.limits.maxMessageBytes': MEBIBYTE,
  'popBeforeSmtp.limits.maxRecipientsPerMessage': 1,
  'popBeforeSmtp.limits.maxRecipientsPerHour': 1,
  'popBeforeSmtp.limits.maxRecipientsPerDay': 1,
  'popBeforeSmtp.limits.maxRecipientsPerCredentialPerDay': 1,
  'popBeforeSmtp.limits.maxNewCorrespondentsPerDay': 1,
  'popBeforeSmtp.limits.maxRecipientsPerDayFromAbroad': 1,
  'popBeforeSmtp.maxMessagesPerWindow': 1,
  'popBeforeSmtp.maxRecipientsPerWindow': 1,
  'popBeforeSmtp.sharedFromMailboxes': 1,
  'submission.limits.maxMessageBytes': MEBIBYTE,
  'submission.limits.maxRecipientsPerMessage': 1,
  'submission.limits.maxRecipientsPerHour': 1,
  'submission.limits.maxRecipientsPerDay': 1,
  'submission.limits.maxRecipientsPerCredentialPerDay': 1,
  'submission.limits.maxNewCorrespondentsPerDay': 1,
  'submission.limits.maxRecipientsPerDayFromAbroad': 1,
  'abuse.holdAfterTrips': 1,
  'abuse.tripDays': 1,
  'abuse.holdAfterBouncesPerHour': 1,
  'abuse.keepCorrespondentsDays': 1,
  'strangers.greylistSeconds': 60,
  'strangers.greylistDays': 1,
  'strangers.maxUnknownRecipientsPerDay': 1,
  'relay.delayReportAfterSeconds': 3_600,
  'relay.lifetimeSeconds': 86_400,
  'relay.maxSessionsPerDestination': 1,
  'connections.maxSmtpPerAddress': 1,
  'connections.maxReadingPerAddress': 1,
  'connections.maxPerAddressPerMinute': 1,
  'loginLimits.maxPerAddress': 1,
  'loginLimits.maxPerAddressPerDay': 1,
  'loginLimits.maxPerNetwork': 1,
  'loginLimits.maxPerNetworkPerDay': 1,
  'loginLimits.maxPerSite': 1,
  'loginLimits.maxPerSitePerDay': 1,
  'loginLimits.maxPerAccountPerHour': 1,
  'loginLimits.maxPerAccountPerDay': 1,
  'recipes.maxForwardsPerDay': 1,
  'retention.trashDays': 1,
  'retention.junkDays': 1,
  'ownAddresses.maxAliases': 1,
  'ownAddresses.quarantineDays': 1,
  'closing.waitDays': 1,
  'inbound.maxMessageBytes': MEBIBYTE,
  'inbound.maxRecipientsPerMessage': 1,
} as const

export type NumberField = keyof typeof numberFields

/** Lists of numbers, and the unit in which people say them. */
export const numberListFields = { 'relay.retryDelaysSeconds': 60 } as const

/** What other systems can be told of, a closed list: actions of the audit trail, and what the engine saw. */
export const webhookTypes = [
  'customer.create',
  'mailbox.create',
  'mailbox.suspend',
  'mailbox.resume',
  'mailbox.holdSending',
  'mailbox.releaseSending',
  'credential.issue',
  'credential.rename',
  'credential.revoke',
  'announcement.save',
  'announcement.publish',
  'announcement.withdraw',
  'policy.save',
  'policy.rollout',
  'events.recorded',
] as const
export type WebhookType = (typeof webhookTypes)[number]

export function isWebhookType(text: string): text is WebhookType {
  return (webhookTypes as readonly string[]).includes(text)
}

/** The sizes that the policy gives to this session's role. */
import type { SmtpSession } from './session.ts'

export type SessionLimits = { readonly maxMessageBytes: number; readonly maxRecipientsPerMessage: number }

export function limitsFor({ services, role, mailbox }: SmtpSession): SessionLimits {
  const document = services.policy.rules(mailbox)
  if (role === 'mx') return document.inbound
  return role === 'window' ? document.popBeforeSmtp.limits : document.submission.limits
}

/** The closed list of what owners are told of by a letter; each is an action of the audit trail. */
export const ownerNoticeKinds = [
  'contact.change',
  'setUpCode.issue',
  'setUpCode.use',
  'helper.setUp',
  'portalPassword.set',
  'mailbox.revokeCredentials',
  'mailbox.endSessions',
  'mailbox.closeRelayWindows',
  'mailbox.suspend',
  'mailbox.resume',
  'mailbox.export',
  'mailbox.requestClosing',
  'mailbox.cancelClosing',
] as const
export type OwnerNoticeKind = (typeof ownerNoticeKinds)[number]

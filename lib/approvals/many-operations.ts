/** What operators do to many mailboxes by the command line or a program. */
export const manyOperations = [
  'suspendMailbox',
  'resumeMailbox',
  'issueCredential',
  'revokeCredential',
  'importPassword',
  'forgetPassword',
  'addAlias',
  'addForward',
] as const
export type ManyOperation = (typeof manyOperations)[number]

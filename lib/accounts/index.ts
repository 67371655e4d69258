/** The door of this room. The engine imports single files directly, so that it never loads the portal's client. */
export { type AccountRole, type Actor, forbidden, notFound, type Role } from './actor.ts'
export {
  type AliasView,
  addAlias,
  addAliasInput,
  listAliases,
  removeAlias,
  removeAliasInput,
} from './aliases.ts'
export { changeDisplayName, changeDisplayNameInput } from './change-display-name.ts'
export { chooseSendingMethod, chooseSendingMethodInput } from './choose-sending-method.ts'
export { createCustomer } from './create-customer.ts'
export { createMailbox } from './create-mailbox.ts'
export { createPortalAccount } from './create-portal-account.ts'
export { endLiveSession, endLiveSessionInput } from './end-live-session.ts'
export { type IssueCredentialInput, issueCredential, issueCredentialInput } from './issue-credential.ts'
export { listCredentials } from './list-credentials.ts'
export { type FolderView, listFolders } from './list-folders.ts'
export { type HeldMailbox, listHeldMailboxes } from './list-held-mailboxes.ts'
export { type LiveSessionView, listLiveSessions } from './list-live-sessions.ts'
export { listMailboxes } from './list-mailboxes.ts'
export { hashPassword, type PortalIdentity, verifyPortalPassword } from './portal-password.ts'
export { releaseSending, releaseSendingInput } from './release-sending.ts'
export { renameCredential, renameCredentialInput } from './rename-credential.ts'
export { revokeCredential, revokeCredentialInput } from './revoke-credential.ts'
export { makeSetUpLink, openSetUpLink, type SetUpFacts, setUpLinkInput } from './set-up-link.ts'
export {
  type CredentialScope,
  type CredentialView,
  credentialScopes,
  type MailboxView,
  type SendingMethod,
} from './views.ts'

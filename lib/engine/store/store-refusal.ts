/** Why the store will not do what an IMAP client asks; the protocol has a response code for each (RFC 5530). */
export type StoreRefusalReason =
  | 'noSuchFolder'
  | 'folderExists'
  | 'nameNotAllowed'
  | 'cannotChangeInbox'
  | 'folderHasChildren'
  | 'tooManyFolders'
  | 'overQuota'
  | 'diskFull'

export class StoreRefusal extends Error {
  readonly reason: StoreRefusalReason

  constructor(reason: StoreRefusalReason) {
    super(`the store refuses: ${reason}`)
    this.name = 'StoreRefusal'
    this.reason = reason
  }
}

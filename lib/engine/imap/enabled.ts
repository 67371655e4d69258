/**
 * What this client has switched on by ENABLE (RFC 5161), or CONDSTORE by using it (RFC 7162 §3.1): from then on it is
 * spoken to in another way.
 */
export class Enabled {
  /** the client wants to hear modseqs */
  condstore = false
  /** removals are told as VANISHED with UIDs (RFC 7162 §3.2.10) */
  qresync = false
  /** IMAP4rev2 (RFC 9051): no \Recent, searches are answered by ESEARCH */
  rev2 = false
  /** UTF8=ACCEPT (RFC 6855) */
  utf8Accept = false

  /** Folder names go over the wire as UTF-8 instead of modified UTF-7. */
  get utf8Names(): boolean {
    return this.rev2 || this.utf8Accept
  }
}

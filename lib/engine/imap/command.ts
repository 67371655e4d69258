/** What every command file exports: the state of RFC 9051 §3 in which it may be given, and what it does. */
import type { Reply } from './reply.ts'
import type { ImapSession, SelectedSession, SignedInSession } from './session.ts'
import type { ArgumentReader } from './wire/syntax.ts'

/** Where a command may be given, and what other sessions' changes may be told before its reply. */
type Run<Session> = (session: Session, args: ArgumentReader) => Reply | Promise<Reply>

export type AnyCommand = { readonly state: 'any' | 'signedOut'; readonly run: Run<ImapSession> }
export type SignedInCommand = {
  readonly state: 'signedIn'
  /** its own answer is as fresh as can be */
  readonly reports?: 'nothing'
  readonly run: Run<SignedInSession>
}
export type SelectedCommand = {
  readonly state: 'selected'
  /**
   * 'flags': no EXPUNGE in its reply, because the client counts in sequence numbers (RFC 9051 §7.5.1); 'hint': the same,
   * but ask the database whether one is held back; 'changes': what is known to have changed; 'always': ask the database.
   */
  readonly reports: 'flags' | 'hint' | 'changes' | 'always'
  readonly run: Run<SelectedSession>
}
export type Command = AnyCommand | SignedInCommand | SelectedCommand

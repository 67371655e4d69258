/** What every command file exports: the state of RFC 1939 §3 in which it may be given, and what it does. */
import type { MailboxSession, Pop3Session } from './session.ts'

export type Next = 'continue' | 'close'

type Run<Session> = (session: Session, argument: string) => Next | Promise<Next>

export type SessionCommand = { readonly state: 'any' | 'authorization'; readonly run: Run<Pop3Session> }
export type MailboxCommand = { readonly state: 'transaction'; readonly run: Run<MailboxSession> }
export type Command = SessionCommand | MailboxCommand

/** What every command file exports. */
import type { SmtpSession } from './session.ts'

export type Next = 'continue' | 'close'

/** @param argument what follows the verb, without the blank between them */
export type Command = (session: SmtpSession, argument: string, verb: string) => Next | Promise<Next>

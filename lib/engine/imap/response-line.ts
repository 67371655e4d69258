/** A line that the client sends within a command: a SASL response, DONE. */
import { BareLineFeed, LineTooLong } from '../runtime/errors.ts'
import type { ImapSession } from './session.ts'
import { BadSyntax } from './wire/syntax.ts'

/** @throws BadSyntax when it is too long; the line has been read to its end */
export async function readResponseLine(
  { connection }: ImapSession,
  limits: { maxBytes: number; timeoutMs: number },
): Promise<Buffer> {
  try {
    return await connection.readLine(limits)
  } catch (error) {
    if (error instanceof LineTooLong) throw new BadSyntax('That line is too long')
    if (error instanceof BareLineFeed) throw new BadSyntax('Lines must end with CR LF')
    throw error
  }
}

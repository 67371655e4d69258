/**
 * What Thunderbird for Android reads from a QR code when accounts are brought over from a computer; it takes POP too,
 * which it cannot learn from autoconfig. No password is in it: the telephone asks for it.
 */
import type { MailPerson } from './mail-person.ts'
import { bestServiceOf, type MailService, type MailServices } from './mail-services.ts'

const VERSION = 1
/** this code of so many */
const SEQUENCE = [1, 1]
const protocols = { imap: 0, pop: 1, submission: 0 } as const
const securities = { starttls: 2, tls: 3 } as const
const PASSWORD = 1

/** @returns null where the policy offers nothing to receive or nothing to send with */
export function thunderbirdQrText(services: MailServices, person: MailPerson): string | null {
  const incoming = bestServiceOf(services, person.receivesBy)
  const outgoing = bestServiceOf(services, 'submission')
  if (incoming === null || outgoing === null) return null
  const { address, name, username } = person
  return JSON.stringify([
    VERSION,
    SEQUENCE,
    [...server(incoming, username), address],
    [[server(outgoing, username), [address, name]]],
  ])
}

function server({ protocol, host, port, security }: MailService, username: string): (string | number)[] {
  return [protocols[protocol], host, port, securities[security], PASSWORD, username]
}

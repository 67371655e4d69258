/** What the server says of itself (RFC 5804 §1.7): at the greeting, after STARTTLS and when asked. */
import { extensions, notifyMethods } from '#lib/sieve/extensions.ts'
import { MAX_REDIRECTS } from '#lib/sieve/limits.ts'
import type { ManageSieveSession } from './session.ts'

export function writeCapabilities(session: ManageSieveSession): void {
  const { connection, services } = session
  const mechanisms = session.scripts === null ? services.authenticator.mechanismsFor(session.facts) : []
  const canStartTls = connection.tls === null && connection.listener.tls === 'starttls'
  const names = extensions.filter((name) => name !== 'comparator-i;octet' && name !== 'comparator-i;ascii-casemap')
  const lines = [
    '"IMPLEMENTATION" "Infonia Mail"',
    `"SASL" "${mechanisms.join(' ')}"`,
    `"SIEVE" "${names.join(' ')}"`,
    `"NOTIFY" "${notifyMethods.join(' ')}"`,
    `"MAXREDIRECTS" "${MAX_REDIRECTS}"`,
    ...(canStartTls ? ['"STARTTLS"'] : []),
    '"UNAUTHENTICATE"',
    '"VERSION" "1.0"',
  ]
  session.write(lines.map((line) => `${line}\r\n`).join(''))
}

/**
 * Our Received field (RFC 5321 §4.4, with the transmission types of RFC 3848 and RFC 6531 §4.3).
 * Says how the client proved its right, never by which account: recipients read this.
 */
import type { AcceptedRecipient } from '../../delivery/accepted-message.ts'
import type { SmtpRole, SmtpSession } from '../session.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** RFC 5322 §3.3, in UTC. */
export function formatDate(at: Date): string {
  const time = at.toISOString().slice(11, 19)
  return `${days[at.getUTCDay()]}, ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time} +0000`
}

export function receivedField(
  session: SmtpSession,
  role: SmtpRole,
  recipients: readonly AcceptedRecipient[],
  at: Date,
): Buffer {
  const { connection, hostName, transactionCount } = session
  const lines = [
    `Received: from ${shownName(session.greeting?.name ?? '')} (${literal(connection.remoteAddress)})`,
    ...comments(session, role),
    `by ${hostName} with ${protocol(session)} id ${connection.id.slice(-12)}.${transactionCount}`,
  ]
  const [only] = recipients
  // One recipient may be named; naming several would show blind copies.
  if (only !== undefined && recipients.length === 1) lines.push(`for <${only.address}>`)
  return Buffer.from(`${lines.join('\r\n\t')}; ${formatDate(at)}\r\n`)
}

/** The client's own words, without what could end the field or open a comment. */
function shownName(name: string): string {
  return name.replace(/[^A-Za-z0-9.:_[\]-]/g, '?') || 'unknown'
}

function literal(address: string): string {
  return address.includes(':') ? `[IPv6:${address}]` : `[${address}]`
}

function comments({ connection: { tls }, mechanism }: SmtpSession, role: SmtpRole): string[] {
  const lines: string[] = []
  if (tls !== null) lines.push(`(using ${tls.version} with cipher ${tls.cipher})`)
  if (mechanism !== null) lines.push(`(authenticated by SMTP AUTH ${mechanism})`)
  else if (role === 'window') lines.push('(authorized by POP before SMTP)')
  return lines
}

function protocol({ greeting, connection, identity }: SmtpSession): string {
  if (greeting?.isExtended !== true) return 'SMTP'
  return `ESMTP${connection.tls === null ? '' : 'S'}${identity === null ? '' : 'A'}`
}

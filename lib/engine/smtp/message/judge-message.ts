/**
 * Everything that is asked about a message between its last byte and the 250: who sent it, whether the policy lets it in,
 * whether its host should come again, and what the scanners say.
 *
 * Guarantees: what a check cannot find out delays or refuses nothing, and what it found is written into the message in
 * fields that nobody else can have written there.
 */
import { domainOf } from '#lib/mail/domain-of.ts'
import { networkList } from '#lib/mail/network-list.ts'
import type { SpecialUse } from '#lib/policy/decide.ts'
import type { ScanFindings } from '#lib/policy/scan-rules.ts'
import { isGreylistable } from '#lib/policy/stranger-rules.ts'
import type { ReceivedText } from '../../runtime/wire-reader.ts'
import { notChecked, type SenderFindings } from '../../sender-checks/findings.ts'
import { roleIn, type SmtpSession, type Transaction } from '../session.ts'
import { completeHeader } from './complete-header.ts'
import { withoutForgedResults } from './forged-results.ts'
import type { MessageHeader } from './read-header.ts'
import { scanFields } from './scan-fields.ts'

export type JudgedMessage = {
  readonly content: Buffer
  readonly fileInto: SpecialUse | null
  readonly scanned: ScanFindings
  /** header fields that say what was found, each with its CRLF */
  readonly traceFields: string
  readonly isSenderConfirmed: boolean
}

/** @returns null when it was refused, and the client has heard it */
export async function judgeMessage(
  session: SmtpSession,
  transaction: Transaction,
  text: ReceivedText,
  header: MessageHeader,
): Promise<JudgedMessage | null> {
  const { policy } = session.services
  const role = roleIn(session, transaction)
  const findings = await checkSender(session, transaction, text.bytes)
  const verdict = policy.decide(
    {
      stage: 'data',
      listener: session.connection.listener.name,
      permission: transaction.right,
      sizeBytes: text.bytes.length,
      headerFrom: role === 'mx' ? header.from : [...header.from, ...neighboursIn(session, header)],
      sender: findings && { dmarc: findings.dmarc, requested: findings.requested, author: findings.author },
    },
    session.mailbox,
  )
  if (verdict.outcome !== 'file' && !session.isAllowed(verdict)) return null
  if (findings && !(await hasWaited(session, transaction, findings))) return null
  const scanned = await scan(session, transaction, text.bytes, findings !== null)
  const contentVerdict = policy.decide({
    stage: 'content',
    listener: session.connection.listener.name,
    findings: scanned,
  })
  if (contentVerdict.outcome !== 'file' && !session.isAllowed(contentVerdict)) return null
  const filing = [verdict, contentVerdict].find(({ outcome }) => outcome === 'file')
  const fileInto = filing?.outcome === 'file' ? filing.specialUse : null
  const clean = withoutForgedResults(text.bytes, ownNames(session, findings !== null || role !== 'mx'))
  return {
    content: role === 'mx' ? clean : completeHeader(clean, header, transaction.sender),
    fileInto,
    scanned,
    traceFields: `${listingField(session)}${scanFields(scanned)}${findings?.traceFields ?? ''}`,
    isSenderConfirmed: role !== 'mx' || findings?.spf === 'pass',
  }
}

/**
 * Whom of ours a subscriber's message names as its sender beside From: only themselves, or it would show as sent by another
 * customer. What stands there of other domains is mostly what old programs think that their machine is called.
 */
function neighboursIn({ services }: SmtpSession, { senders }: MessageHeader): string[] {
  return senders.filter((address) => services.hostedDomains.includes(domainOf(address).toLowerCase()))
}

/** A host of our own that we trust may have checked it before us, and says so under its own name. */
function ownNames({ hostName, services }: SmtpSession, isFromOutside: boolean): readonly string[] {
  return isFromOutside ? [hostName, ...services.hostedDomains] : [hostName]
}

/** @returns null when this message is not to be checked: a subscriber's own, or from a network that is trusted */
async function checkSender(
  session: SmtpSession,
  transaction: Transaction,
  content: Buffer,
): Promise<SenderFindings | null> {
  const { connection, services, greeting } = session
  const role = roleIn(session, transaction)
  const rules = services.policy.current()?.document.inbound
  if (role !== 'mx' || networkList(rules?.trustedNetworks ?? []).includes(connection.remoteAddress)) return null
  if (rules?.senderChecks === 'off') return notChecked
  return services.checkSender(content, {
    address: connection.remoteAddress,
    helloName: greeting?.name ?? '',
    sender: transaction.sender,
  })
}

/** Viruses are looked for in everything; whether it is spam is not asked about what a host that is trusted passes on. */
function scan(
  session: SmtpSession,
  transaction: Transaction,
  content: Buffer,
  isStranger: boolean,
): Promise<ScanFindings> {
  const { services, connection, greeting, identity } = session
  const { sender, recipients } = transaction
  const role = roleIn(session, transaction)
  if (role === 'mx' && !isStranger) return services.scanMessage(content, null)
  return services.scanMessage(content, {
    address: connection.remoteAddress,
    helloName: greeting?.name ?? '',
    sender,
    recipients: recipients.map(({ address }) => address),
    user: role === 'mx' ? null : (identity?.address ?? sender),
  })
}

async function hasWaited(session: SmtpSession, transaction: Transaction, { spf }: SenderFindings): Promise<boolean> {
  const { policy, greylist } = session.services
  const rules = policy.rules().strangers
  const address = session.connection.remoteAddress
  if (!isGreylistable(address, spf, rules)) return true
  const { sender } = transaction
  const recipients = transaction.recipients.map((recipient) => recipient.address)
  const waitSeconds = await greylist.waitSeconds({ address, sender, recipients }, rules.greylistSeconds)
  return session.isAllowed(policy.decide({ stage: 'greylist', waitSeconds }))
}

function listingField({ listedBy }: SmtpSession): string {
  return listedBy.length === 0 ? '' : `X-Blocklisted: ${listedBy.join(', ')}\r\n`
}

/**
 * MAIL (RFC 5321 §4.1.1.2). Here a session's right to send is looked up: its login, or the RelayWindows that are open
 * for its address at this moment. A transaction that begins now may end when it likes (the notice: a message that is
 * being sent when the ten minutes are over is not cut off).
 */
import { domainOf } from '#lib/mail/domain-of.ts'
import { canonicalAddress, formatMailAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { oldHostSign } from '#lib/mail/old-host.ts'
import { isFromAbroad } from '#lib/policy/abuse-rules.ts'
import { oldHostUseOf } from '#lib/policy/old-host-rules.ts'
import type { AddressUse } from '#lib/policy/relay-window-rules.ts'
import { listsToAsk } from '#lib/policy/stranger-rules.ts'
import type { OpenWindow } from '../../auth/relay-windows.ts'
import type { MessageOwner } from '../../delivery/accepted-message.ts'
import type { Command, Next } from '../command.ts'
import { limitsFor } from '../limits.ts'
import { type SendingRight, type SmtpSession, strangerIn } from '../session.ts'
import { readMailParameters } from '../wire/envelope-parameters.ts'
import { parsePathArgument } from '../wire/path.ts'
import { type Reply, replies, reply } from '../wire/reply.ts'

const syntax = reply(501, '5.5.4', 'Syntax: MAIL FROM:<address>')
const badSender = reply(553, '5.1.7', 'The sender address is not valid')

export const mail: Command = async (session, argument) => {
  const { services } = session
  if (session.greeting === null) return refuse(session, replies.helloFirst)
  if (session.transaction !== null) return refuse(session, reply(503, '5.5.1', 'A transaction is already open'))
  const parsed = parsePathArgument(argument, 'FROM')
  if (parsed === null) return refuse(session, syntax)
  const parameters = readMailParameters(parsed.parameters)
  if (parameters === 'unknown') return refuse(session, reply(555, '5.5.4', 'A parameter is not known here'))
  if (parameters === 'malformed') return refuse(session, reply(501, '5.5.4', 'A parameter has no valid value'))
  const sender = senderOf(session, parsed.path)
  if (sender === null) return refuse(session, badSender)
  if (!parameters.utf8 && !isAscii(sender)) return refuse(session, reply(553, '5.6.7', 'This address needs SMTPUTF8'))

  if (!services.freeSpace.hasRoomFor(limitsFor(session).maxMessageBytes)) return refuse(session, replies.diskFull)

  const [right, from] = await Promise.all([sendingRight(session, sender), addressUse(session)])
  if (right === null || from === 'unknown') return refuse(session, replies.localFault)
  const { declaredBytes } = parameters
  const { policy } = services
  const listener = session.connection.listener.name
  const verdict = policy.decide(
    { stage: 'mail', listener, permission: right, sender, declaredBytes, from },
    session.mailbox,
  )
  const isStranger = right.kind === 'none' && session.role !== 'mx' && verdict.outcome !== 'accept'
  if (!session.isAllowed(verdict, isStranger ? await mailboxOf(session, sender) : null)) return 'continue'
  if (session.role === 'mx' && !(await isWelcome(session, right))) return 'continue'
  session.transaction = { sender, parameters, right, recipients: [] }
  session.transactionCount += 1
  session.send(reply(250, '2.1.0', 'Sender OK'))
  return 'continue'
}

function refuse(session: SmtpSession, answer: Reply): Next {
  session.refuse(answer)
  return 'continue'
}

/** @returns null when it is no address; "" for <>. Submission completes a bare user name (RFC 6409 §8.2). */
function senderOf({ role, services }: SmtpSession, path: string): string | null {
  if (path === '') return ''
  const isBareName = role !== 'mx' && !path.includes('@')
  const address = parseMailAddress(isBareName ? `${path}@${services.defaultDomain}` : path)
  if (address === null) return null
  return role === 'mx' ? formatMailAddress(address) : canonicalAddress(address)
}

/** @returns null when the database cannot be asked */
async function sendingRight(session: SmtpSession, sender: string): Promise<SendingRight | null> {
  const { role, identity } = session
  if (role === 'submission') {
    if (identity === null) return { kind: 'none' }
    const { mailboxId, credentialId, addresses } = identity
    const owner = { mailboxId, credentialId, addresses, isFromAbroad: isAbroad(session) }
    return { kind: 'authenticated', owner, addresses }
  }
  // Before the move everybody sent by the host that strangers bring mail to: whoever still does is one of ours.
  if (role === 'mx' && !isOwnDomain(session, sender)) return { kind: 'none' }
  try {
    return await windowRight(session, sender)
  } catch {
    return null
  }
}

async function windowRight(session: SmtpSession, sender: string): Promise<SendingRight> {
  const { role, services, connection } = session
  const windows = await services.relayWindows.find(connection.remoteAddress)
  const window = session.identifyWindow(windows, sender)
  if (role === 'mx' && window === null) return { kind: 'none' }
  if (windows.length === 0) return { kind: 'none' }
  const addresses = role === 'mx' && window ? window.addresses : windows.flatMap((each) => each.addresses)
  const isServed = window === null || noteHost(session, window)
  if (!isServed) return { kind: 'endedWithOldHost' }
  return { kind: 'relayWindow', owner: window && ownerOf(window, session), addresses }
}

/** @returns whether the host by which the program came still sends for this mailbox */
function noteHost({ role, facts, services }: SmtpSession, { mailboxId, credentialId, addresses }: OpenWindow): boolean {
  const sign = role === 'mx' ? 'address' : oldHostSign({ ...facts, loginName: '' }, services.formerHosts)
  const [address = ''] = addresses
  const use = oldHostUseOf(address, new Date())
  const { listener, tls, clientName } = facts
  const isServed = sign === null || services.policy.decide({ stage: 'oldHost', listener, ...use }).outcome === 'accept'
  const mechanism = 'POP before SMTP'
  services.hostUses.note({
    ...{ mailboxId, credentialId, listener, mechanism, tls, clientName },
    ...{ oldHostSign: sign, wasRefused: !isServed },
  })
  return isServed
}

function isOwnDomain({ services }: SmtpSession, sender: string): boolean {
  return services.hostedDomains.includes(domainOf(sender).toLowerCase())
}

/** Asked once for each message: a listing may come or go while a connection lasts. */
async function isWelcome(session: SmtpSession, right: SendingRight): Promise<boolean> {
  const { policy, findListings } = session.services
  const rules = policy.current()?.document.strangers
  const address = session.connection.remoteAddress
  session.listedBy = rules === undefined ? [] : await findListings(address, listsToAsk(address, rules))
  return session.isAllowed(policy.decide(strangerIn(session, right)))
}

/** @returns null where no window is asked for; "unknown" when the database cannot be asked */
async function addressUse({ role, services, connection }: SmtpSession): Promise<AddressUse | null | 'unknown'> {
  if (role !== 'window') return null
  const address = connection.remoteAddress
  try {
    return { address, mailboxCount: await services.relayWindows.countUses(address) }
  } catch {
    return 'unknown'
  }
}

function ownerOf({ mailboxId, credentialId, addresses, openedAt }: OpenWindow, session: SmtpSession): MessageOwner {
  const windowId = `${session.connection.remoteAddress} ${openedAt.toISOString()}`
  return { mailboxId, credentialId, addresses, windowId, isFromAbroad: isAbroad(session) }
}

function isAbroad({ services, connection }: SmtpSession): boolean {
  const rules = services.policy.current()?.document.abuse
  return rules !== undefined && isFromAbroad(connection.remoteAddress, rules)
}

/** Whoever forgot to log in or to receive first finds the refusal in the portal, under the address they wrote as. */
async function mailboxOf({ services }: SmtpSession, sender: string): Promise<number | null> {
  const found = await services.resolveRecipient(sender).catch(() => null)
  return found?.kind === 'local' ? found.mailboxId : null
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

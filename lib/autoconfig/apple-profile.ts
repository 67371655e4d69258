/**
 * A configuration profile for the mail programs of iPhone, iPad and Mac (Apple, com.apple.mail.managed).
 *
 * Guarantees: the identifier depends on the mail address alone, so a new profile replaces the old one with its hosts and
 * its user name. No password: the device asks for it. Without a person the device asks for address and user name too.
 */
import { createHash } from 'node:crypto'
import type { MailPerson } from './mail-person.ts'
import { bestServiceOf, type MailService, type MailServices } from './mail-services.ts'
import { type PlistDictionary, plistDocument } from './plist.ts'

export const appleProfileType = 'application/x-apple-aspen-config'

/** @returns null where the policy offers nothing to receive or nothing to send with */
export function appleProfile(services: MailServices, person: MailPerson | null): string | null {
  const incoming = person
    ? bestServiceOf(services, person.receivesBy)
    : (bestServiceOf(services, 'imap') ?? bestServiceOf(services, 'pop'))
  const outgoing = bestServiceOf(services, 'submission')
  if (incoming === null || outgoing === null) return null
  const { name, company, domain } = services
  const identifier = [...domain.split('.').reverse(), 'mail', person ? digestOf(person.address).slice(0, 16) : 'any']
  const profile = identifier.join('.')
  const account = `${profile}.account`
  return plistDocument({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: profile,
    PayloadUUID: uuidOf(profile),
    PayloadDisplayName: `${name.ja}メール`,
    PayloadDescription: `${person?.address ?? domain} のメール設定 / Mail settings`,
    PayloadOrganization: company.ja,
    ConsentText: consent,
    PayloadContent: [
      {
        PayloadType: 'com.apple.mail.managed',
        PayloadVersion: 1,
        PayloadIdentifier: account,
        PayloadUUID: uuidOf(account),
        PayloadDisplayName: `${name.ja}メール`,
        EmailAccountDescription: person?.address ?? `${name.ja}メール`,
        ...personKeys(person),
        ...serverKeys(incoming, outgoing),
      },
    ],
  })
}

const consent = {
  default:
    'Adds a mail account to this device. Your device asks for the mail password that was issued to you. If an earlier profile of this address is installed, it is replaced.',
  ja: 'この端末にメールアカウントを追加します。途中で、発行されたメール用パスワードを入力してください。同じメールアドレスの前のプロファイルは置き換わります。',
  en: 'Adds a mail account to this device. Your device asks for the mail password that was issued to you. If an earlier profile of this address is installed, it is replaced.',
}

function personKeys(person: MailPerson | null): PlistDictionary {
  if (person === null) return {}
  return {
    EmailAccountName: person.name,
    EmailAddress: person.address,
    IncomingMailServerUsername: person.username,
    OutgoingMailServerUsername: person.username,
    OutgoingPasswordSameAsIncomingPassword: true,
  }
}

/** The ports are always said: without them a device tries 25 first. */
function serverKeys(incoming: MailService, outgoing: MailService): PlistDictionary {
  return {
    EmailAccountType: incoming.protocol === 'imap' ? 'EmailTypeIMAP' : 'EmailTypePOP',
    IncomingMailServerAuthentication: 'EmailAuthPassword',
    IncomingMailServerHostName: incoming.host,
    IncomingMailServerPortNumber: incoming.port,
    IncomingMailServerUseSSL: true,
    OutgoingMailServerAuthentication: 'EmailAuthPassword',
    OutgoingMailServerHostName: outgoing.host,
    OutgoingMailServerPortNumber: outgoing.port,
    OutgoingMailServerUseSSL: true,
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** RFC 9562 §5.8: the same text always has the same one. */
function uuidOf(text: string): string {
  const hex = digestOf(`profile:${text}`)
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ]
  return parts.join('-').toUpperCase()
}

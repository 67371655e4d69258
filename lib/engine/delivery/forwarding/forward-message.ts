/**
 * What mail needs that leaves us for another host although its sender is not ours: an envelope sender under which SPF
 * holds (SRS, lib/mail/srs.ts), and a seal over what we found out about it (ARC, RFC 8617), because the forwarder's
 * network breaks SPF and DMARC would then depend on DKIM alone.
 */
import { hkdfSync } from 'node:crypto'
import { sealMessage } from 'mailauth/lib/arc/index.js'
import { isSameAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { type SrsKey, unwrapSender, wrapSender } from '#lib/mail/srs.ts'
import { scanFields, unfold } from '#lib/mime/header.ts'
import type { SigningKeys } from '../dkim/signing-keys.ts'

export type Forwarding = {
  /**
   * The envelope sender under which a mailbox of `forwarderDomain` passes mail on. The null sender stays; a sender of a
   * hosted domain stays, we may send for it; one that is too long to be wrapped becomes the null sender: the mail goes
   * on, a report about it cannot come back.
   */
  forwardedEnvelope(sender: string, forwarderDomain: string): string
  /**
   * @param message as it arrived, our trace fields first: their Authentication-Results are what is sealed
   * @param forwarder the address of the mailbox that passes it on; it is written down as Delivered-To
   * @returns the message as it is to leave, under an ARC set where its domain has a key and there are findings
   */
  sealForForwarding(message: Buffer, forwarder: string): Promise<Buffer>
  /** Where a report belongs that comes to a forwarded sender; null for every other address. */
  senderOfForwarded(localPart: string): string | null
}

export type ForwardingParts = {
  readonly masterKey: Buffer
  readonly hostedDomains: readonly string[]
  readonly signingKeys: SigningKeys
  readonly now: () => Date
}

export function createForwarding({ masterKey, hostedDomains, signingKeys, now }: ForwardingParts): Forwarding {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'srs', 32))
  const srs = (): SrsKey => ({ key, now: now() })
  return {
    forwardedEnvelope(sender, forwarderDomain) {
      const domain = parseMailAddress(sender)?.domain
      if (domain === undefined || hostedDomains.includes(domain)) return sender
      return wrapSender(sender, forwarderDomain, srs()) ?? ''
    },
    async sealForForwarding(arrived, forwarder) {
      const message = Buffer.concat([Buffer.from(`Delivered-To: ${forwarder}\r\n`), arrived])
      const results = authenticationResults(message)
      const domain = parseMailAddress(forwarder)?.domain ?? ''
      const rsa = (await signingKeys(domain)).find(({ algorithm }) => algorithm === 'RSA')
      if (results === null || rsa === undefined) return message
      const seal = await sealMessage(message, {
        signingDomain: rsa.domain,
        selector: rsa.selector,
        privateKey: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        authResults: results,
        cv: chainStatus(results),
      })
      return Buffer.concat([seal, message])
    },
    senderOfForwarded: (localPart) => unwrapSender(localPart, srs()),
  }
}

/** RFC 9228: whoever has passed this message on before has written it down. To do so again would be a loop. */
export function wasDeliveredTo(message: Buffer, address: string): boolean {
  for (const { name, valueStart, end } of scanFields(message, 0, message.length)) {
    const isAddress =
      name === 'delivered-to' && isSameAddress(unfold(message, valueStart, end).toString().trim(), address)
    if (isAddress) return true
  }
  return false
}

/** The first field of that name is ours: those that came in under our name were taken out. */
function authenticationResults(message: Buffer): string | null {
  for (const { name, valueStart, end } of scanFields(message, 0, message.length)) {
    if (name === 'authentication-results') return unfold(message, valueStart, end).toString('latin1').trim()
    if (name === 'received') return null
  }
  return null
}

/** RFC 8617 §5.1: what the chain was worth when it reached us. */
function chainStatus(results: string): 'none' | 'pass' | 'fail' {
  const status = /(?:^|;)\s*arc=(\w+)/i.exec(results)?.[1]?.toLowerCase()
  return status === 'pass' || status === 'fail' ? status : 'none'
}

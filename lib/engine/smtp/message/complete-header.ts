/**
 * What a submission server may add to a message that lacks it (RFC 6409 §8): Date, Message-ID, and From, which the
 * envelope knows. Nothing that is there is changed: a signature over it would break.
 */
import { randomUUID } from 'node:crypto'
import { domainOf } from '#lib/mail/domain-of.ts'
import type { MessageHeader } from './read-header.ts'
import { formatDate } from './received-field.ts'

export function completeHeader(message: Buffer, header: MessageHeader, sender: string): Buffer {
  const missing: string[] = []
  if (!header.hasDate) missing.push(`Date: ${formatDate(new Date())}`)
  if (!header.hasFrom) missing.push(`From: <${sender}>`)
  if (!header.hasMessageId) missing.push(`Message-ID: <${randomUUID()}@${domainOf(sender)}>`)
  if (missing.length === 0) return message
  return Buffer.concat([Buffer.from(`${missing.join('\r\n')}\r\n`), message])
}

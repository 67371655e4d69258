/** CRAM-MD5 and APOP for tests: a policy that takes them, a credential that can, and the client's side of both. */
import { createHash, createHmac } from 'node:crypto'
import { issueCredential } from '#lib/accounts/index.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import type { TestCredential, TestSubscriber } from './mailbox.ts'

export function offerChallengeLogins({ listeners }: PolicyDocument): void {
  for (const name of ['submission', 'submissions', 'submissionLegacy', 'imap', 'imaps'] as const) {
    listeners[name].mechanisms.push('CRAM-MD5')
  }
  for (const name of ['pop3', 'pop3s'] as const) listeners[name].mechanisms.push('CRAM-MD5', 'APOP')
}

export async function issueRecoverable({ id, actor }: TestSubscriber): Promise<TestCredential> {
  const { credential, password } = await issueCredential(actor, {
    mailboxId: id,
    label: 'old program',
    clientId: null,
    scopes: ['submission', 'pop', 'imap'],
    expiresAt: null,
    isRecoverable: true,
  })
  return { ...credential, password }
}

/** @param challenge in base64, as it came; so is the answer */
export function cramResponse(name: string, password: string, challenge: string): string {
  const digest = createHmac('md5', password).update(Buffer.from(challenge, 'base64')).digest('hex')
  return Buffer.from(`${name} ${digest}`).toString('base64')
}

export function apopDigest(stamp: string, password: string): string {
  return createHash('md5').update(`${stamp}${password}`).digest('hex')
}

/** The msg-id of RFC 822 §6.1 in a greeting; the empty text when there is none. */
export function stampOf(greeting: string): string {
  return /<[^<>@\s]+@[^<>@\s]+>/.exec(greeting)?.[0] ?? ''
}

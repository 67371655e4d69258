/**
 * For CRAM-MD5 and APOP the server must know the password itself. Only a credential whose owner asked for it keeps one,
 * in an envelope that opens for its own row alone: the portal closes, the engine opens.
 */
import { createEnvelope, type Envelope } from '#lib/seal/envelope.ts'

const PURPOSE = 'recoverable-mail-password'

export const recoverableSecrets = (masterKey: Buffer): Envelope => createEnvelope(masterKey, PURPOSE)

export function envelopeContext({ mailboxId, credentialId }: { mailboxId: number; credentialId: string }): string {
  return `mailbox ${mailboxId}, credential ${credentialId}, ${PURPOSE}`
}

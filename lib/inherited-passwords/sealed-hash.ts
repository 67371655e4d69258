/** A hash of the old system at rest: who has the database alone cannot try passwords against it. */
import { createSeal } from '#lib/seal/seal.ts'

const PURPOSE = 'inherited-password'

const contextOf = (mailboxId: number) => `mailbox ${mailboxId}, ${PURPOSE}`

export function sealHash(masterKey: Buffer, mailboxId: number, hash: string): Buffer {
  return createSeal(masterKey, PURPOSE).close(Buffer.from(hash), contextOf(mailboxId))
}

/** @throws SealBroken */
export function openHash(masterKey: Buffer, mailboxId: number, sealed: Uint8Array): string {
  return createSeal(masterKey, PURPOSE).open(sealed, contextOf(mailboxId)).toString()
}

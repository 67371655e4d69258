/** A letter of the postmaster to any address, here or elsewhere. */
import type { Queryable } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import { ownMessage } from './own-message.ts'
import type { ResolveRecipient } from './resolve-recipient.ts'
import type { SendOwn } from './send-own.ts'

export type LetterOffice = {
  readonly sendOwn: SendOwn
  readonly resolveRecipient: ResolveRecipient
  readonly site: Pick<SiteEnv, 'domain'>
}

/** What is still to be done when the letter is committed. */
export type AfterCommit = () => Promise<void> | void
export const nothing: AfterCommit = () => {}

/** To an address of ours that nobody has, no letter goes. */
export async function sendLetter(
  transaction: Queryable,
  { sendOwn, resolveRecipient, site }: LetterOffice,
  address: string,
  content: Buffer,
): Promise<AfterCommit> {
  const target = await resolveRecipient(address)
  if (target.kind === 'unknown') return nothing
  return sendOwn(transaction, ownMessage(`postmaster@${site.domain}`, address, target, content))
}

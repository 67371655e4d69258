import { randomBytes, randomInt } from 'node:crypto'
import type { Prisma } from '#lib/db/prisma.ts'
import { canonicalAddress, parseMailAddress } from '#lib/mail/mail-address.ts'
import { type MailboxView, mailboxView } from './views.ts'

const firstFolders = [
  { name: 'INBOX', specialUse: null },
  { name: 'Drafts', specialUse: '\\Drafts' },
  { name: 'Sent', specialUse: '\\Sent' },
  { name: 'Junk', specialUse: '\\Junk' },
  { name: 'Trash', specialUse: '\\Trash' },
]

/**
 * A mailbox with its first folders, within the caller's transaction.
 * @param address the full mail address; its local part becomes the login
 * @throws RangeError when the address is none
 */
export async function createMailbox(
  transaction: Prisma.TransactionClient,
  input: { customerId: string; address: string; displayName: string; popBeforeSmtp: boolean },
): Promise<MailboxView> {
  const parsed = parseMailAddress(input.address)
  if (parsed === null) throw new RangeError(`not a mail address: ${input.address}`)
  const { customerId, displayName, popBeforeSmtp } = input
  // UIDVALIDITY is 32 bits and must differ from that of an earlier mailbox of the same name (RFC 9051 §2.3.1.1).
  const uidValidity = BigInt(Math.floor(Date.now() / 1_000)) + BigInt(randomInt(0x1000))
  const row = await transaction.mailbox.create({
    data: {
      customerId,
      displayName,
      popBeforeSmtp,
      sendingMethod: popBeforeSmtp ? 'POP_BEFORE_SMTP' : 'SMTP_AUTH',
      login: parsed.localPart.toLowerCase(),
      domain: parsed.domain,
      address: canonicalAddress(parsed),
      scramSalt: new Uint8Array(randomBytes(16)),
      folders: { create: firstFolders.map((folder) => ({ ...folder, uidValidity })) },
    },
  })
  return mailboxView(row)
}

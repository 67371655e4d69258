/** Everything of a mailbox that a mail program can see, taken through the server's own front door. */
import { ImapFlow } from 'imapflow'
import { sha256 } from './dovecot.ts'

export type Door = {
  readonly port: number
  readonly user: string
  readonly password: string
  /** the file of the authority; null: without TLS */
  readonly authority: string | null
}

/** By "folder uid": the digest of its bytes, its date and its flags. */
export type MailboxPicture = {
  readonly folders: Readonly<Record<string, { uidValidity: string; subscribed: boolean }>>
  readonly messages: Readonly<Record<string, string>>
}

export async function imapPicture(door: Door): Promise<MailboxPicture> {
  const client = new ImapFlow({
    host: 'localhost',
    port: door.port,
    secure: false,
    doSTARTTLS: door.authority !== null,
    tls: door.authority === null ? {} : { ca: door.authority },
    auth: { user: door.user, pass: door.password },
    logger: false,
    disableAutoIdle: true,
    disableBinary: true,
  })
  await client.connect()
  const folders: Record<string, { uidValidity: string; subscribed: boolean }> = {}
  const messages: Record<string, string> = {}
  for (const { path, subscribed, flags } of await client.list()) {
    if (flags.has('\\Noselect')) continue
    const { uidValidity, exists } = await client.mailboxOpen(path, { readOnly: true })
    folders[path] = { uidValidity: String(uidValidity), subscribed: subscribed === true }
    if (exists === 0) continue
    for await (const message of client.fetch('1:*', { uid: true, flags: true, internalDate: true, source: true })) {
      const words = [...(message.flags ?? [])].filter((flag) => flag !== '\\Recent').sort()
      const at = new Date(message.internalDate ?? 0).toISOString()
      messages[`${path} ${message.uid}`] = [sha256(message.source ?? Buffer.alloc(0)), at, ...words].join(' ')
    }
  }
  await client.logout()
  return { folders, messages }
}

/** What the SMTP server must know of a message's header, read in one pass over it. */

import { fieldAddresses } from '#lib/mime/address-field.ts'
import { type HeaderField, scanFields } from '#lib/mime/header.ts'
import { decodeHeaderValue } from '#lib/mime/search-text.ts'

export type MessageHeader = {
  /** every address of every From field; a field that cannot be read counts as one address that belongs to nobody */
  readonly from: readonly string[]
  /**
   * whom else it names as its sender: in Sender, in the From and Sender of who sent it once more (Resent-…), and in From to
   * readers who do not know the escape sequences of JIS
   */
  readonly senders: readonly string[]
  readonly hasFrom: boolean
  readonly hasDate: boolean
  readonly hasMessageId: boolean
  readonly receivedCount: number
  /** what the program that wrote it says of itself (User-Agent, X-Mailer); null where it says nothing */
  readonly mailer: string | null
  readonly bytes: number
}

const MAX_FROM = 100
const UNREADABLE = '(unreadable)'
const senderFields: ReadonlySet<string> = new Set(['sender', 'resent-from', 'resent-sender'])

export function readHeader(message: Buffer): MessageHeader {
  const from: string[] = []
  const senders: string[] = []
  let hasFrom = false
  let hasDate = false
  let hasMessageId = false
  let receivedCount = 0
  let mailer: string | null = null
  let bytes = 0
  for (const field of scanFields(message, 0, message.length)) {
    const { name, valueStart, end } = field
    bytes = end
    if (name === 'from') {
      hasFrom = true
      from.push(...addressesOf(message, field))
      senders.push(...addressesInJis(message.toString('latin1', field.valueStart, field.end)))
    } else if (senderFields.has(name)) senders.push(...addressesOf(message, field))
    else if (name === 'received') receivedCount += 1
    else if (name === 'date') hasDate = true
    else if (name === 'message-id') hasMessageId = true
    else if (name === 'user-agent' || name === 'x-mailer') mailer ??= decodeHeaderValue(message, valueStart, end)
  }
  return { from, senders, hasFrom, hasDate, hasMessageId, receivedCount, mailer, bytes }
}

/**
 * A word without a host is a name that lacks its quotes, as in "Yamada, Taro <taro@example.com>". A group with an address
 * for its name, and more than anybody reads, are written to hide who it is from.
 */
function addressesOf(message: Buffer, field: HeaderField): string[] {
  const entries = fieldAddresses(message, field, MAX_FROM)
  const isHiding =
    entries.length >= MAX_FROM || entries.some((entry) => entry.kind === 'groupStart' && entry.name.includes('@'))
  const addresses = entries.flatMap((entry) =>
    entry.kind === 'address' && entry.host !== '' ? [`${entry.mailbox}@${entry.host}`] : [],
  )
  return addresses.length > 0 && !isHiding ? addresses : [UNREADABLE]
}

/** Between ESC $ B and ESC ( B stand characters of two bytes. Whoever takes them for ASCII may see an address there. */
function addressesInJis(value: string): string[] {
  const runs = value.match(/\x1b\$[^\x1b]*/g) ?? []
  return runs.flatMap((run) => run.match(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}/g) ?? [])
}

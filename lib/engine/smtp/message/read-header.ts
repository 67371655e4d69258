/** What the SMTP server must know of a message's header, read in one pass over it. */

import { fieldAddresses } from '#lib/mime/address-field.ts'
import { type HeaderField, scanFields } from '#lib/mime/header.ts'
import { decodeHeaderValue } from '#lib/mime/search-text.ts'

export type MessageHeader = {
  /** every address of every From field; a field that cannot be read counts as one address that belongs to nobody */
  readonly from: readonly string[]
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

export function readHeader(message: Buffer): MessageHeader {
  const from: string[] = []
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
    } else if (name === 'received') receivedCount += 1
    else if (name === 'date') hasDate = true
    else if (name === 'message-id') hasMessageId = true
    else if (name === 'user-agent' || name === 'x-mailer') mailer ??= decodeHeaderValue(message, valueStart, end)
  }
  return { from, hasFrom, hasDate, hasMessageId, receivedCount, mailer, bytes }
}

/** A word without a host is a name that lacks its quotes, as in "Yamada, Taro <taro@example.com>". */
function addressesOf(message: Buffer, field: HeaderField): string[] {
  const addresses = fieldAddresses(message, field, MAX_FROM).flatMap((entry) =>
    entry.kind === 'address' && entry.host !== '' ? [`${entry.mailbox}@${entry.host}`] : [],
  )
  return addresses.length > 0 ? addresses : [UNREADABLE]
}

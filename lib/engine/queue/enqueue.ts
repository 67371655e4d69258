/** Puts messages into the queue: state "waiting" of QUEUE.md, due at once. One statement for any number of them. */
import { byteaArray, textArray } from '#lib/db/binary-array.ts'
import type { Queryable } from '#lib/db/database.ts'

export type QueueEntry = {
  /** envelope sender; empty for <> */
  readonly sender: string
  /** the subscriber who submitted it */
  readonly mailboxId: number | null
  readonly listener: string
  /** as it goes on the wire, before dots are doubled */
  readonly content: Buffer
  readonly eightBit: boolean
  readonly utf8: boolean
  readonly envelopeId: string | null
  readonly returnFull: boolean
  /** a report about it may go to `sender` */
  readonly isSenderConfirmed: boolean
  readonly recipients: readonly {
    readonly address: string
    readonly domain: string
    readonly notify: readonly string[]
    readonly originalRecipient: string | null
  }[]
}

const ENQUEUE = {
  name: 'queue-enqueue',
  text: `
WITH message AS MATERIALIZED (
  SELECT nextval('queued_messages_id_seq') AS id, a.*
  FROM unnest($1::text[], $2::int4[], $3::text[], $4::bytea[], $5::bool[], $6::bool[], $7::text[], $8::bool[],
            $15::bool[])
       WITH ORDINALITY AS a(sender, mailbox_id, listener, content, eight_bit, utf8, envelope_id, return_full,
                            sender_confirmed, position)
), kept AS (
  INSERT INTO queued_messages (id, sender, mailbox_id, listener, content, content_sha256, size_bytes, eight_bit, utf8, envelope_id,
                               return_full, sender_confirmed, expires_at)
  SELECT id, sender, mailbox_id, listener, content, sha256(content), octet_length(content), eight_bit, utf8, envelope_id,
         return_full, sender_confirmed, now() + $9::float8 * interval '1 second'
  FROM message
)
INSERT INTO queued_recipients (message_id, address, domain, notify, original_recipient)
SELECT m.id, r.address, r.domain, string_to_array(r.notify, ' '), r.original_recipient
FROM unnest($10::int4[], $11::text[], $12::text[], $13::text[], $14::text[])
     AS r(position, address, domain, notify, original_recipient)
JOIN message m ON m.position = r.position
ORDER BY m.id, r.address`,
}

/** @param lifetimeSeconds after which delivery is given up */
export async function enqueue(
  queryable: Queryable,
  entries: readonly QueueEntry[],
  lifetimeSeconds: number,
): Promise<void> {
  if (entries.length === 0) return
  const recipients = entries.flatMap((entry, index) =>
    entry.recipients.map((recipient) => ({ position: index + 1, ...recipient })),
  )
  await queryable.query(ENQUEUE, [
    textArray(entries.map(({ sender }) => sender)),
    entries.map(({ mailboxId }) => mailboxId),
    textArray(entries.map(({ listener }) => listener)),
    byteaArray(entries.map(({ content }) => content)),
    entries.map(({ eightBit }) => eightBit),
    entries.map(({ utf8 }) => utf8),
    entries.map(({ envelopeId }) => envelopeId),
    entries.map(({ returnFull }) => returnFull),
    lifetimeSeconds,
    recipients.map(({ position }) => position),
    textArray(recipients.map(({ address }) => address)),
    textArray(recipients.map(({ domain }) => domain)),
    textArray(recipients.map(({ notify }) => notify.join(' '))),
    recipients.map(({ originalRecipient }) => originalRecipient),
    entries.map(({ isSenderConfirmed }) => isSenderConfirmed),
  ])
}

/** Fills the database of an engine with mail that has been there for long: in mailboxes, and waiting in the queue. */
import { prisma } from '#lib/db/prisma.ts'

const MAILBOXES = 1_000
/** Each message has a body of its own, a small one: the indexes are as large as with real letters, the disk is not full. */
const BODY_BYTES = 100

export async function storeMail(messages: number): Promise<void> {
  const eachMailbox = Math.ceil(messages / MAILBOXES)
  await prisma().$executeRaw`
    INSERT INTO mailboxes (customer_id, login, domain, address, display_name, scram_salt)
    SELECT c.id, 'stored' || n, 'infonia.ne.jp', 'stored' || n || '@infonia.ne.jp', 'stored', 'salt'
    FROM (SELECT id FROM customers LIMIT 1) c, generate_series(1, ${MAILBOXES}::int) n`
  await prisma().$executeRaw`
    INSERT INTO folders (mailbox_id, name, uid_validity, uid_next)
    SELECT id, 'INBOX', 1, ${eachMailbox + 1} FROM mailboxes WHERE display_name = 'stored'`
  await prisma().$executeRaw`
    WITH body AS (
      INSERT INTO bodies (mailbox_id, content)
      SELECT f.mailbox_id, convert_to(repeat('x', ${BODY_BYTES}::int), 'UTF8')
      FROM folders f JOIN mailboxes m ON m.id = f.mailbox_id, generate_series(1, ${eachMailbox}::int)
      WHERE m.display_name = 'stored'
      RETURNING mailbox_id, id
    )
    INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, uidl, envelope)
    SELECT b.mailbox_id, f.id, row_number() OVER (PARTITION BY b.mailbox_id ORDER BY b.id), b.id, '', ${BODY_BYTES}::int,
           now(), b.id::text, ''
    FROM body b JOIN folders f ON f.mailbox_id = b.mailbox_id`
}

/** Each message waits for a domain that is tried again tomorrow. */
export async function queueMail(messages: number): Promise<void> {
  await prisma().$executeRaw`
    WITH queued AS (
      INSERT INTO queued_messages (sender, listener, content, size_bytes, expires_at)
      SELECT 'sender@infonia.ne.jp', 'mx', convert_to(repeat('x', ${BODY_BYTES}::int), 'UTF8'), ${BODY_BYTES}::int,
             now() + interval '5 days'
      FROM generate_series(1, ${messages}::int)
      RETURNING id
    )
    INSERT INTO queued_recipients (message_id, address, domain, next_attempt_at)
    SELECT id, 'somebody@d' || id % 5000 || '.example', 'd' || id % 5000 || '.example', now() + interval '1 day'
    FROM queued`
}

/** As the database would have looked at itself after a night. */
export async function gatherStatistics(): Promise<void> {
  await prisma().$executeRawUnsafe('VACUUM ANALYZE')
  await prisma().$executeRawUnsafe('CHECKPOINT')
}

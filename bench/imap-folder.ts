/** A folder of very many letters, each with a body of its own, and the commands of one client on it. */
import type { Socket } from 'node:net'
import { openDatabase } from '#lib/db/database.ts'
import type { TestEngine } from '#tests/support/engine.ts'
import type { TestSubscriber } from '#tests/support/mailbox.ts'
import { fillMailbox } from '#tests/support/pop3-talk.ts'
import { messageText } from './message-text.ts'

const TAIL_CHARACTERS = 2_000

type Mailbox = TestSubscriber

const FILL = {
  name: 'bench-fill-folder',
  text: `
WITH first AS (SELECT m.*, b.content, b.is_ascii FROM messages m JOIN bodies b USING (mailbox_id) WHERE mailbox_id = $1 LIMIT 1),
bodies AS (
  INSERT INTO bodies (mailbox_id, content, is_ascii) SELECT mailbox_id, content, is_ascii FROM first, generate_series(1, $2::int) RETURNING id
), copies AS (
  INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, uidl, envelope, search_text, flags)
  SELECT mailbox_id, folder_id, uid + n, id, prefix, size_bytes, internal_date - n * interval '1 minute', 'u' || n,
         replace(envelope, 'bench first', 'bench ' || n), replace(search_text, 'bench first', 'bench ' || n), n % 2
  FROM first, (SELECT id, row_number() OVER () AS n FROM bodies) numbered
) UPDATE folders SET uid_next = uid_next + $2 WHERE mailbox_id = $1 AND name = 'INBOX'`,
}

export async function fillFolder(engine: TestEngine, { id, address }: Mailbox, count: number): Promise<void> {
  await fillMailbox(engine, id, [messageText(address, 'first')])
  const database = openDatabase(engine.databaseUrl, 1)
  await database.query(FILL, [id, count - 1])
  await database.query({ name: 'bench-vacuum', text: 'VACUUM ANALYZE' }, [])
  await database.close()
}

/** Looks at the end of what comes and keeps nothing of it: the answers have tens of megabytes. */
export function answered(socket: Socket, command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let tail = ''
    const hear = (chunk: Buffer) => {
      tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - TAIL_CHARACTERS))).slice(-TAIL_CHARACTERS)
      const result = /(?:^|\r\n)t (OK|NO|BAD) [^\r\n]*\r\n$/.exec(tail)?.[1]
      if (result === undefined) return
      socket.off('data', hear)
      if (result === 'OK') resolve()
      else reject(new Error(`${command}: ${tail}`))
    }
    socket.on('data', hear)
    socket.write(`t ${command}\r\n`)
  })
}

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openAdvisoryLocks } from '#lib/db/advisory-locks.ts'
import { openChanges } from '#lib/engine/store/changes.ts'
import { createMaildrops, type Maildrop, type Maildrops } from '#lib/engine/store/maildrop.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

/** As a process of its own would have them: a connection of its own for its locks. */
function processOn(rig: DeliveryRig) {
  const locks = openAdvisoryLocks(rig.url)
  const { database, notifications } = rig
  const changes = openChanges({ database, notifications, onFault: assert.ifError })
  return { locks, changes, maildrops: createMaildrops({ database, locks, changes }) }
}

describe('a maildrop', () => {
  let rig: DeliveryRig
  let first: ReturnType<typeof processOn>
  let second: ReturnType<typeof processOn>

  before(async () => {
    rig = await openDeliveryRig()
    first = processOn(rig)
    second = processOn(rig)
  })
  after(async () => {
    for (const { locks, changes } of [first, second]) {
      await changes.close()
      await locks.close()
    }
    await rig.close()
  })

  const opened = async (maildrops: Maildrops, mailboxId: number): Promise<Maildrop> => {
    const maildrop = await maildrops.open(mailboxId)
    assert.ok(maildrop)
    return maildrop
  }

  async function fill(mailboxId: number, count: number): Promise<void> {
    await rig.query(
      `WITH body AS (INSERT INTO bodies (mailbox_id, content) VALUES ($1, 'Subject: x') RETURNING id)
       INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, uidl, envelope)
       SELECT $1, f.id, n * 2, body.id, '', 10, now(), 'name-' || n, '' FROM body, folders f, generate_series(1, $2) n
       WHERE f.mailbox_id = $1 AND f.name = 'INBOX'`,
      [mailboxId, count],
    )
    await rig.query('UPDATE mailboxes SET used_bytes = 10 * $2 WHERE id = $1', [mailboxId, count])
  }

  const count = async (table: string, mailboxId: number) =>
    (await rig.query<{ count: number }>(`SELECT count(*) FROM ${table} WHERE mailbox_id = $1`, [mailboxId]))[0]?.count

  it('numbers messages over page after page', async () => {
    const mailboxId = await rig.addMailbox('many')
    await fill(mailboxId, 12_345)
    const { listing, close } = await opened(first.maildrops, mailboxId)
    assert.equal(listing.count, 12_345)
    assert.equal(listing.totalBytes, 123_450)
    for (const number of [1, 4_999, 5_000, 5_001, 10_000, 10_001, 12_345, 1]) {
      assert.equal(listing.uid(number), number * 2)
      assert.equal(listing.uidl(number), `name-${number}`)
      assert.equal(listing.sizeBytes(number), 10)
    }
    for (const number of [0, 12_346, -1]) {
      assert.equal(listing.has(number), false)
      assert.throws(() => listing.uid(number), RangeError)
    }
    await close()
  })

  it('belongs to one session among all processes', async () => {
    const mailboxId = await rig.addMailbox('locked')
    const held = await opened(first.maildrops, mailboxId)
    assert.equal(await first.maildrops.open(mailboxId), null)
    assert.equal(await second.maildrops.open(mailboxId), null)
    await held.close()
    const next = await opened(second.maildrops, mailboxId)
    await held.close() // the session before closes twice; the lock is not its own any more
    assert.equal(await first.maildrops.open(mailboxId), null)
    await next.close()
  })

  it('waits a moment for a session that is just leaving', async () => {
    const mailboxId = await rig.addMailbox('leaving')
    const held = await opened(first.maildrops, mailboxId)
    const next = second.maildrops.open(mailboxId)
    setTimeout(() => void held.close(), 300)
    await (await next)?.close()
    assert.ok(await next)
  })

  it('is free again when the connection behind the lock breaks', async () => {
    const mailboxId = await rig.addMailbox('broken')
    const broken = processOn(rig)
    await opened(broken.maildrops, mailboxId)
    const query = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1`
    await rig.query(query, [mailboxId])
    const next = await opened(second.maildrops, mailboxId)
    await next.close()
    await broken.changes.close()
    await broken.locks.close()
  })

  it('removes messages, their bytes and their bodies together, and tells IMAP', async () => {
    const mailboxId = await rig.addMailbox('removing')
    await fill(mailboxId, 10)
    const maildrop = await opened(first.maildrops, mailboxId)
    await maildrop.remove([9, 1, 2, 4])
    assert.equal(await count('messages', mailboxId), 6)
    assert.equal(await count('bodies', mailboxId), 1)
    const gone = await rig.query<{ uid: number; modseq: number }>(
      'SELECT uid, modseq FROM expunged_messages WHERE mailbox_id = $1 ORDER BY uid',
      [mailboxId],
    )
    assert.deepEqual(
      gone.map(({ uid }) => uid),
      [2, 4, 8, 18],
    )
    const [box] = await rig.query<{ used_bytes: number }>('SELECT used_bytes FROM mailboxes WHERE id = $1', [mailboxId])
    assert.equal(box?.used_bytes, 60)
    assert.equal(await maildrop.read(4), null)
    await maildrop.remove(Array.from({ length: 10 }, (_, index) => index + 1))
    assert.equal(await count('messages', mailboxId), 0)
    assert.equal(await count('bodies', mailboxId), 0)
    await maildrop.close()
  })

  it('removes nothing when the transaction fails', async () => {
    const mailboxId = await rig.addMailbox('failing')
    await fill(mailboxId, 3)
    await rig.query(
      `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused''; END'`,
    )
    await rig.query('CREATE TRIGGER refuse BEFORE DELETE ON bodies FOR EACH ROW EXECUTE FUNCTION refuse()')
    const maildrop = await opened(first.maildrops, mailboxId)
    await assert.rejects(maildrop.remove([1, 2, 3]), /refused/)
    await rig.query('DROP TRIGGER refuse ON bodies')
    assert.equal(await count('messages', mailboxId), 3)
    assert.equal(await count('expunged_messages', mailboxId), 0)
    await maildrop.close()
  })
})

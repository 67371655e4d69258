/** Trash and Junk let go of what has lain in them for long enough, and of nothing else. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { removeWhatIsDue } from '#lib/engine/store/retention.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

describe('retention', () => {
  let rig: DeliveryRig
  let mailboxId: number
  before(async () => {
    rig = await openDeliveryRig()
    mailboxId = await rig.addMailbox('taro')
    for (const [name, use] of [
      ['Trash', '\\Trash'],
      ['Junk', '\\Junk'],
      ['Archive', '\\Archive'],
    ]) {
      await rig.query(
        `INSERT INTO folders (mailbox_id, name, special_use, uid_validity) VALUES ($1, $2, $3, 7)
         ON CONFLICT (mailbox_id, name) DO UPDATE SET special_use = $3`,
        [mailboxId, name, use],
      )
    }
    await put('Trash', 10_001, 31)
    await put('Junk', 3, 8)
    for (const folder of ['INBOX', 'Archive']) await put(folder, 2, 400)
  })
  after(() => rig.close())

  /** Messages of ten octets each that came into the folder `days` ago, and as many that came just now. */
  async function put(folder: string, count: number, days: number): Promise<void> {
    await rig.query(
      `WITH body AS (INSERT INTO bodies (mailbox_id, content) VALUES ($1, 'Subject: x') RETURNING id)
       INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, saved_at, uidl, envelope)
       SELECT $1, f.id, n, body.id, '', 10, '2002-10-17', CASE WHEN n <= $3 THEN now() - make_interval(days => $4) ELSE now() END, 'u' || n, ''
       FROM body, folders f, generate_series(1, 2 * $3) n WHERE f.mailbox_id = $1 AND f.name = $2`,
      [mailboxId, folder, count, days],
    )
    await rig.query('UPDATE mailboxes SET used_bytes = used_bytes + 20 * $2 WHERE id = $1', [mailboxId, count])
  }

  async function left(): Promise<Record<string, number>> {
    const rows = await rig.query<{ name: string; count: number }>(
      `SELECT f.name, count(m.uid) AS count FROM folders f LEFT JOIN messages m ON m.mailbox_id = f.mailbox_id AND m.folder_id = f.id
       WHERE f.mailbox_id = $1 AND f.name IN ('INBOX', 'Archive', 'Trash', 'Junk') GROUP BY f.name`,
      [mailboxId],
    )
    return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]))
  }

  async function runWith(trashDays: number, junkDays: number): Promise<Set<number>> {
    const told = new Set<number>()
    await removeWhatIsDue({
      database: rig.database,
      policy: { current: () => ({ version: 1, document: { ...defaultPolicy, retention: { trashDays, junkDays } } }) },
      changes: { folderChanged: (_mailbox, folderId) => told.add(folderId) },
    })
    return told
  }

  it('removes nothing while the policy keeps everything', async () => {
    assert.equal((await runWith(0, 0)).size, 0)
    assert.deepEqual(await left(), { INBOX: 4, Archive: 4, Trash: 20_002, Junk: 6 })
  })

  it('removes what came in before the days that the policy gives, whatever its date', async () => {
    assert.equal((await runWith(30, 7)).size, 2)
    assert.deepEqual(await left(), { INBOX: 4, Archive: 4, Trash: 10_001, Junk: 3 })
  })

  it('removes what a recipe gave a last day, when that has passed', async () => {
    const mark = (folder: string, uid: number, keyword: string) =>
      rig.query(
        `UPDATE messages m SET keywords = ARRAY['$Forwarded', $3] FROM folders f
         WHERE f.mailbox_id = $1 AND f.name = $2 AND m.mailbox_id = $1 AND m.folder_id = f.id AND m.uid = $4`,
        [mailboxId, folder, keyword, uid],
      )
    await mark('INBOX', 1, '$DeleteAfter399')
    await mark('INBOX', 2, '$deleteafter401')
    await mark('INBOX', 3, '$DeleteAfter1')
    await mark('Archive', 1, '$DeleteAfter99999')
    await mark('Archive', 2, 'x$DeleteAfter1')
    await runWith(0, 0)
    assert.deepEqual(await left(), { INBOX: 3, Archive: 4, Trash: 10_001, Junk: 3 })
  })

  it('gives the space back and leaves a trace for sessions that catch up', async () => {
    const [mailbox] = await rig.query<{ used: number }>('SELECT used_bytes AS used FROM mailboxes WHERE id = $1', [
      mailboxId,
    ])
    assert.equal(Number(mailbox?.used), 10 * (3 + 4 + 10_001 + 3))
    const [gone] = await rig.query<{ count: number }>(
      'SELECT count(*) AS count FROM expunged_messages WHERE mailbox_id = $1',
      [mailboxId],
    )
    assert.equal(Number(gone?.count), 10_005)
    assert.equal((await runWith(30, 7)).size, 0)
  })
})

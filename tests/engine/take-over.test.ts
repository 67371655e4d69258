/** Staged folders take their place: numbers of the old system, what was here before, quotas, and what comes late. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openFolder } from '#lib/engine/store/select-folder.ts'
import {
  type IncomingMessage,
  insertMessages,
  removeStaged,
  reserveFolderId,
} from '#lib/engine/store/staged-messages.ts'
import { appendLate, type IncomingFolder, takeOver } from '#lib/engine/store/take-over.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

describe('taking over', () => {
  let rig: DeliveryRig
  before(async () => {
    rig = await openDeliveryRig()
  })
  after(() => rig.close())

  const message = (uid: number): IncomingMessage => ({
    uid,
    uidl: `old-${uid}`,
    flags: 1,
    keywords: [],
    content: Buffer.from('0123456789'),
    internalDate: new Date(),
  })

  async function staged(mailboxId: number, uids: readonly number[]): Promise<number> {
    const folderId = await reserveFolderId(rig.database)
    await insertMessages(rig.database, { mailboxId, folderId }, uids.map(message), 40)
    return folderId
  }

  const incoming = (folderId: number, change: Partial<IncomingFolder> = {}): IncomingFolder => ({
    folderId,
    name: 'INBOX',
    specialUse: null,
    isSubscribed: true,
    uidValidity: 1_600_000_000,
    uidNext: 12,
    highestModseq: 40,
    ...change,
  })

  const take = (mailboxId: number, folders: readonly IncomingFolder[], mayRaise = true) =>
    rig.database.transaction((transaction) => takeOver(transaction, mailboxId, folders, mayRaise))

  async function usage(mailboxId: number): Promise<{ used: number; quota: number }> {
    const [row] = await rig.query<{ used: string; quota: string }>(
      'SELECT used_bytes AS used, quota_bytes AS quota FROM mailboxes WHERE id = $1',
      [mailboxId],
    )
    return { used: Number(row?.used), quota: Number(row?.quota) }
  }

  async function arriveHere(mailboxId: number, folder: string): Promise<void> {
    await rig.query(
      `WITH body AS (INSERT INTO bodies (mailbox_id, content) VALUES ($1, 'here') RETURNING id), grown AS (
         UPDATE folders SET uid_next = uid_next + 1 WHERE mailbox_id = $1 AND name = $2 RETURNING id, uid_next - 1 AS uid)
       INSERT INTO messages (mailbox_id, folder_id, uid, body_id, prefix, size_bytes, internal_date, uidl, envelope)
       SELECT $1, grown.id, grown.uid, body.id, '', 4, now(), 'here-' || grown.uid, '' FROM body, grown`,
      [mailboxId, folder],
    )
    await rig.query('UPDATE mailboxes SET used_bytes = used_bytes + 4 WHERE id = $1', [mailboxId])
  }

  it('what is staged is not seen and costs nothing', async () => {
    const mailboxId = await rig.addMailbox('unseen')
    const folderId = await staged(mailboxId, [3, 7])
    assert.deepEqual((await openFolder(rig.database, mailboxId, 'INBOX')).uids, [])
    assert.equal((await usage(mailboxId)).used, 0)
    await rig.database.transaction((transaction) => removeStaged(transaction, { mailboxId, folderId }, null))
    assert.deepEqual(await rig.query('SELECT FROM bodies WHERE mailbox_id = $1', [mailboxId]), [])
  })

  it('a folder keeps the old numbers; mail that was here comes behind', async () => {
    const mailboxId = await rig.addMailbox('taro')
    await arriveHere(mailboxId, 'INBOX')
    await arriveHere(mailboxId, 'INBOX')
    await take(mailboxId, [incoming(await staged(mailboxId, [3, 7]))])
    const folder = await openFolder(rig.database, mailboxId, 'INBOX')
    assert.deepEqual(folder.uids, [
      { first: 3, last: 3 },
      { first: 7, last: 7 },
      { first: 12, last: 13 },
    ])
    const { uidValidity, uidNext, highestModseq, recentFrom } = folder
    assert.deepEqual(
      { uidValidity, uidNext, highestModseq, recentFrom },
      { uidValidity: 1_600_000_000, uidNext: 14, highestModseq: 41, recentFrom: 12 },
    )
    assert.equal((await usage(mailboxId)).used, 28)
    const gone = await rig.query<{ uid: string }>('SELECT uid FROM expunged_messages WHERE mailbox_id = $1', [
      mailboxId,
    ])
    assert.deepEqual(
      gone.map(({ uid }) => Number(uid)).sort((a, b) => a - b),
      [1, 2, 4, 5, 6, 8, 9, 10, 11],
    )
  })

  it('late mail keeps its UID when that is still to come, and gets a new one otherwise', async () => {
    const mailboxId = await rig.addMailbox('late')
    const folderId = await staged(mailboxId, [3])
    await take(mailboxId, [incoming(folderId)])
    await arriveHere(mailboxId, 'INBOX')
    await rig.database.transaction((transaction) =>
      appendLate(transaction, { mailboxId, folderId }, [message(12), message(20)]),
    )
    const { uids, uidNext } = await openFolder(rig.database, mailboxId, 'INBOX')
    assert.deepEqual([uids.flatMap(({ first, last }) => [first, last]), uidNext], [[3, 3, 12, 13, 20, 20], 21])
    assert.equal((await usage(mailboxId)).used, 34)
  })

  it('the quota grows with it, or nothing changes', async () => {
    const mailboxId = await rig.addMailbox('full')
    await rig.query('UPDATE mailboxes SET quota_bytes = 15 WHERE id = $1', [mailboxId])
    const folders = [incoming(await staged(mailboxId, [1, 2]))]
    await assert.rejects(take(mailboxId, folders, false), { reason: 'overQuota' })
    assert.deepEqual((await openFolder(rig.database, mailboxId, 'INBOX')).uids, [])
    await take(mailboxId, folders, true)
    assert.deepEqual(await usage(mailboxId), { used: 20, quota: 22 })
  })

  it('parents are made, and the old folder for Sent takes the place of an empty one', async () => {
    const mailboxId = await rig.addMailbox('folders')
    await rig.query(
      `INSERT INTO folders (mailbox_id, name, special_use, uid_validity) VALUES ($1, 'Sent', '\\Sent', 7)
       ON CONFLICT (mailbox_id, name) DO UPDATE SET special_use = '\\Sent'`,
      [mailboxId],
    )
    await take(mailboxId, [
      incoming(await staged(mailboxId, [1]), { name: 'Sent Items', specialUse: '\\Sent' }),
      incoming(await staged(mailboxId, []), { name: 'a/b/c', uidValidity: null }),
    ])
    const folders = await rig.query<{ name: string; use: string | null }>(
      `SELECT name, special_use AS use FROM folders WHERE mailbox_id = $1 AND (name LIKE 'a%' OR name LIKE 'Sent%') ORDER BY name COLLATE "C"`,
      [mailboxId],
    )
    assert.deepEqual(
      folders.map(({ name, use }) => [name, use]),
      [
        ['Sent Items', '\\Sent'],
        ['a', null],
        ['a/b', null],
        ['a/b/c', null],
      ],
    )
  })
})

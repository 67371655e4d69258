/** The letters that a mailbox gets when it fills up: one for each mark, and again after somebody has tidied up. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createPutNotice } from '#lib/engine/delivery/put-notice.ts'
import { warnOfFullMailboxes } from '#lib/engine/quota/warn-of-full-mailboxes.ts'
import { type DeliveryRig, openDeliveryRig, site } from '#tests/support/delivery.ts'

const QUOTA_BYTES = 100_000_000

describe('warnings of a mailbox that fills up', () => {
  let rig: DeliveryRig
  let mailboxId: number
  let warn: () => Promise<void>
  const told: number[] = []

  before(async () => {
    rig = await openDeliveryRig()
    mailboxId = await rig.addMailbox('taro', QUOTA_BYTES)
    await rig.addMailbox('hanako')
    const putNotice = createPutNotice(
      site.domain,
      () => new Date(),
      (folder) => told.push(folder.mailboxId),
    )
    warn = () => warnOfFullMailboxes({ database: rig.database, putNotice, site, portalUrl: 'https://portal.example' })
  })
  after(() => rig.close())

  async function lettersAt(percent: number): Promise<string[]> {
    await rig.query('UPDATE mailboxes SET used_bytes = $2 WHERE id = $1', [mailboxId, (QUOTA_BYTES / 100) * percent])
    await Promise.all([warn(), warn()])
    const rows = await rig.query<{ content: Buffer }>(
      'SELECT b.content FROM bodies b JOIN messages m ON m.mailbox_id = b.mailbox_id AND m.body_id = b.id ORDER BY m.uid',
    )
    return rows.map(({ content }) => content.toString())
  }

  for (const [percent, letters, what] of [
    [79, 0, 'nothing below the first mark'],
    [80, 1, 'one letter at the first mark'],
    [94, 1, 'no second one on the way to the next'],
    [96, 2, 'another at the second mark'],
    [120, 2, 'none beyond it'],
    [91, 2, 'none after a little tidying'],
    [10, 2, 'none for an empty mailbox'],
    [97, 3, 'one letter, not two, for both marks at once'],
  ] as const) {
    it(`${what} (${percent} %)`, async () => assert.equal((await lettersAt(percent)).length, letters))
  }

  it('are letters of the postmaster in both languages, which no program answers', async () => {
    const [first = ''] = await lettersAt(97)
    assert.match(first, /^From: .*<postmaster@infonia\.test>\r$/m)
    assert.match(first, /^To: taro@infonia\.test\r$/m)
    assert.match(first, /^Auto-Submitted: auto-generated\r$/m)
    const text = Buffer.from(first.split('\r\n\r\n')[1] ?? '', 'base64').toString()
    assert.match(text, /95 MB のうち 76 MB/)
    assert.match(text, /uses 76 MB of its 95 MB/)
    assert.match(text, /https:\/\/portal\.example\/mailbox/)
    assert.deepEqual(new Set(told), new Set([mailboxId]))
  })
})

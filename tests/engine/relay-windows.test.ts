import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { closeAllRelayWindows, createRelayWindows, type RelayWindows } from '#lib/engine/auth/relay-windows.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

describe('relay windows', () => {
  let rig: DeliveryRig
  let windows: RelayWindows
  let people = 0

  before(async () => {
    rig = await openDeliveryRig()
    windows = createRelayWindows(rig.database)
  })
  after(() => rig.close())

  async function person() {
    people += 1
    const login = `person${people}`
    const mailboxId = await rig.addMailbox(login)
    const credentialId: string = randomUUID()
    await rig.query('UPDATE mailboxes SET pop_before_smtp = true WHERE id = $1', [mailboxId])
    await rig.query(
      `INSERT INTO credentials (id, mailbox_id, label, username, verifier, scram_stored_key, scram_server_key, scopes)
       VALUES ($1::uuid, $2, '', $3, '', '', '', '{pop}')`,
      [credentialId, mailboxId, login],
    )
    const address = `${login}@infonia.test`
    return {
      mailboxId,
      credentialId,
      address,
      addresses: [address],
      popBeforeSmtp: true,
      hasUtf7Folders: false,
      expiresAt: null,
    }
  }
  const isOpenFor = async (address: string) => (await windows.find(address)).length > 0

  it('are for one address, however it is written', async () => {
    await windows.open(await person(), '::ffff:192.0.2.1', 600)
    for (const same of ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201']) assert.ok(await isOpenFor(same), same)
    for (const other of ['192.0.2.2', '192.0.2.0', '::c000:201']) assert.ok(!(await isOpenFor(other)), other)
    await windows.open(await person(), '2001:db8::a', 600)
    for (const same of ['2001:db8::a', '2001:0DB8:0:0::000A']) assert.ok(await isOpenFor(same), same)
    for (const other of ['2001:db8::b', '2001:db8::', '2001:db8::1:a']) assert.ok(!(await isOpenFor(other)), other)
  })

  it('name each mailbox that shares the address', async () => {
    const [one, two] = [await person(), await person()]
    await rig.query(`INSERT INTO aliases (address, mailbox_id) VALUES ('nick@infonia.test', $1)`, [two.mailboxId])
    await windows.open(one, '192.0.2.10', 600)
    await windows.open(two, '192.0.2.10', 600)
    const found = await windows.find('192.0.2.10')
    assert.deepEqual(
      found.map(({ addresses }) => addresses).sort((a, b) => a.length - b.length),
      [[one.address], [two.address, 'nick@infonia.test']],
    )
  })

  it('end by the clock of the database', async () => {
    const expiresAt = await windows.open(await person(), '192.0.2.20', 600)
    const [row] = await rig.query<{ left: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM relay_windows WHERE address = '192.0.2.20'`,
    )
    assert.ok(row && row.left > 599 && row.left <= 600)
    assert.ok(expiresAt)
    await rig.query(
      `UPDATE relay_windows SET expires_at = now() - interval '1 millisecond' WHERE address = '192.0.2.20'`,
    )
    assert.ok(!(await isOpenFor('192.0.2.20')))
  })

  it('are not opened by a login whose right ended meanwhile', async () => {
    const changes = [
      'UPDATE credentials SET revoked_at = now() WHERE mailbox_id = $1',
      "UPDATE credentials SET expires_at = now() - interval '1 second' WHERE mailbox_id = $1",
      'UPDATE mailboxes SET suspended_at = now() WHERE id = $1',
      'UPDATE mailboxes SET pop_before_smtp = false WHERE id = $1',
    ]
    for (const change of changes) {
      const identity = await person()
      await rig.query(change, [identity.mailboxId])
      assert.equal(await windows.open(identity, '192.0.2.30', 600), null, change)
      assert.ok(!(await isOpenFor('192.0.2.30')), change)
    }
  })

  it('are forgotten when they are over and the person comes from elsewhere', async () => {
    const identity = await person()
    for (let last = 40; last < 50; last += 1) {
      await windows.open(identity, `192.0.2.${last}`, 600)
      await rig.query("UPDATE relay_windows SET expires_at = now() - interval '1 second' WHERE mailbox_id = $1", [
        identity.mailboxId,
      ])
    }
    await windows.open(identity, '192.0.2.50', 600)
    const rows = await rig.query('SELECT address FROM relay_windows WHERE mailbox_id = $1', [identity.mailboxId])
    assert.equal(rows.length, 1)
  })

  it('are all closed when the service starts', async () => {
    await windows.open(await person(), '192.0.2.60', 600)
    await closeAllRelayWindows(rig.database)
    assert.ok(!(await isOpenFor('192.0.2.60')))
  })
})

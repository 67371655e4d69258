import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

let rig: DeliveryRig
let taro: number
before(async () => {
  rig = await openDeliveryRig()
  taro = await rig.addMailbox('taro', 1_000)
  await rig.query(`INSERT INTO aliases VALUES ('t.yamada@second.test', $1)`, [taro])
})
after(() => rig.close())

test('letter case means nothing in hosted addresses, aliases lead to their mailbox', async () => {
  const local = { kind: 'local', mailboxId: taro, isFull: false, hasScript: false }
  for (const address of ['taro@infonia.test', 'TARO@Infonia.TEST', 'T.Yamada@SECOND.test']) {
    assert.deepEqual(await rig.resolveRecipient(address), local, address)
  }
})

test('what is not hosted is remote, what is hosted and not there is unknown', async () => {
  assert.deepEqual(await rig.resolveRecipient('x@Remote.Test'), { kind: 'remote', domain: 'remote.test' })
  for (const address of [
    'nobody@infonia.test',
    'taro@second.test',
    'taro',
    '',
    'taro@',
    '@infonia.test',
    'a@b@infonia.test',
  ]) {
    assert.deepEqual(await rig.resolveRecipient(address), { kind: 'unknown' }, address)
  }
})

test('a mailbox made, filled or deleted a moment ago is answered rightly: nothing is remembered', async () => {
  assert.equal((await rig.resolveRecipient('new@infonia.test')).kind, 'unknown')
  const id = await rig.addMailbox('new', 10)
  assert.deepEqual(await rig.resolveRecipient('new@infonia.test'), {
    kind: 'local',
    mailboxId: id,
    isFull: false,
    hasScript: false,
  })
  await rig.accept({ to: ['new@infonia.test'] })
  assert.deepEqual(await rig.resolveRecipient('new@infonia.test'), {
    kind: 'local',
    mailboxId: id,
    isFull: true,
    hasScript: false,
  })
  await rig.query('DELETE FROM mailboxes WHERE id = $1', [id])
  assert.equal((await rig.resolveRecipient('new@infonia.test')).kind, 'unknown')
})

test('postmaster exists at every hosted domain once the site has one', async () => {
  assert.equal((await rig.resolveRecipient('postmaster@second.test')).kind, 'unknown')
  await rig.query(`INSERT INTO aliases VALUES ('postmaster@infonia.test', $1)`, [taro])
  for (const address of ['postmaster@second.test', 'PostMaster@infonia.test', 'Postmaster']) {
    assert.deepEqual(
      await rig.resolveRecipient(address),
      { kind: 'local', mailboxId: taro, isFull: false, hasScript: false },
      address,
    )
  }
})

test('look-ups that wait at the same time share statements', async () => {
  const results = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      rig.resolveRecipient(index % 2 ? 'taro@infonia.test' : `n${index}@infonia.test`),
    ),
  )
  assert.equal(results.filter(({ kind }) => kind === 'local').length, 250)
  assert.equal(results.filter(({ kind }) => kind === 'unknown').length, 250)
})

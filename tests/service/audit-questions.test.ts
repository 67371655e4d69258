/** What is answered from the audit trail: who was affected, an export, and whether retention runs. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'

let fresh: FreshDatabase
let setting: Awaited<ReturnType<typeof prepare>>

async function prepare() {
  fresh = await freshDatabase()
  Object.assign(process.env, { DATABASE_URL: fresh.url, MASTER_KEY: randomBytes(32).toString('base64') })
  const { addOperator, addSubscriber, changePolicy } = await import('#tests/support/people.ts')
  const { revokeCredential } = await import('#lib/accounts/index.ts')
  const operator = await addOperator()
  const [taro, hanako] = [await addSubscriber('taro', false), await addSubscriber('hanako', false)]
  const between = new Date()
  await revokeCredential(taro.actor, { credentialId: taro.credential.id })
  await changePolicy(operator, () => {})
  return { operator, taro, hanako, between }
}

before(async () => {
  setting = await prepare()
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await fresh.drop()
})

const ever = { from: new Date(0), to: new Date('2100-01-01') }

describe('who was affected', () => {
  const ask = async (input: object) => {
    const { whoWasAffected } = await import('#lib/audit/who-was-affected.ts')
    const { mailboxes, general } = await whoWasAffected(setting.operator, { ...ever, ...input })
    return { addresses: mailboxes.map(({ address }) => address), general: general.map(({ action }) => action) }
  }
  const both = ['taro@infonia.ne.jp', 'hanako@infonia.ne.jp']

  it('by an action, or by all of a kind', async () => {
    assert.deepEqual((await ask({ action: 'credential.revoke' })).addresses, ['taro@infonia.ne.jp'])
    assert.deepEqual((await ask({ action: 'credential' })).addresses, both)
    assert.deepEqual((await ask({ action: 'cred' })).addresses, [])
  })
  it('by a person', async () => {
    assert.deepEqual((await ask({ by: 'hanako@infonia.ne.jp' })).addresses, ['hanako@infonia.ne.jp'])
    assert.deepEqual(await ask({ by: 'operator' }), { addresses: [], general: ['policy.save'] })
    assert.deepEqual((await ask({ by: 'nobody' })).addresses, [])
  })
  it('within a time', async () => {
    assert.deepEqual((await ask({ from: setting.between })).addresses, ['taro@infonia.ne.jp'])
    assert.deepEqual((await ask({ to: setting.between })).addresses, both)
  })
  it('is told to operators only', async () => {
    const { whoWasAffected } = await import('#lib/audit/who-was-affected.ts')
    await assert.rejects(whoWasAffected(setting.taro.actor, ever), { code: 'forbidden' })
  })
})

it('to whom, record by record, with who did it and why', async () => {
  const { listRecords } = await import('#lib/audit/list-records.ts')
  const { operator, hanako } = setting
  for (const mailbox of ['hanako@infonia.ne.jp', String(hanako.id)]) {
    const records = await listRecords(operator, { ...ever, mailbox })
    assert.deepEqual(
      records.map(({ action, by, address }) => [action, by, address]),
      [['credential.issue', 'hanako@infonia.ne.jp', 'hanako@infonia.ne.jp']],
    )
  }
  assert.deepEqual(await listRecords(operator, { ...ever, mailbox: 'nobody@infonia.ne.jp' }), [])
  await assert.rejects(listRecords(hanako.actor, ever), { code: 'forbidden' })
})

it('who was affected is had as a table, and that is on record', async () => {
  const { exportAffected } = await import('#lib/audit/export-affected.ts')
  const { prisma } = await import('#lib/db/prisma.ts')
  let table = ''
  for await (const part of await exportAffected(setting.operator, { ...ever, action: 'credential' })) table += part
  const [head, ...lines] = table.trim().split('\r\n')
  assert.match(head ?? '', /"mailbox","contract","actions"/)
  assert.deepEqual(
    lines.map((line) => line.split(',')[0]),
    ['"taro@infonia.ne.jp"', '"hanako@infonia.ne.jp"'],
  )
  assert.equal(await prisma().auditRecord.count({ where: { action: 'audit.exportAffected' } }), 1)
  await assert.rejects(exportAffected(setting.taro.actor, ever), { code: 'forbidden' })
})

it('an export holds the chain, and is on record itself', async () => {
  const { exportTrail } = await import('#lib/audit/export-trail.ts')
  const lines: { action: string; prevHash: string; hash: string }[] = []
  for await (const line of await exportTrail(setting.operator, ever)) lines.push(JSON.parse(line))
  assert.equal(lines.at(-1)?.action, 'audit.export')
  assert.ok(lines.slice(1).every(({ prevHash }, index) => prevHash === lines[index]?.hash))
})

it('each run of a retention rule is counted', async () => {
  const { openDatabase } = await import('#lib/db/database.ts')
  const { defaultPolicy } = await import('#lib/policy/index.ts')
  const { purgeSendingRecords } = await import('#lib/engine/abuse/purge-sending-records.ts')
  const { listRetention } = await import('#lib/retention/list-retention.ts')
  const database = openDatabase(fresh.url, 1)
  const put = { name: 'put-use', text: `INSERT INTO address_uses VALUES ('192.0.2.1', $1, now() - interval '2 days')` }
  await database.query(put, [setting.taro.id])
  await purgeSendingRecords(database, defaultPolicy)
  await purgeSendingRecords(database, defaultPolicy)
  await database.close()
  const views = await listRetention(setting.operator)
  const uses = views.find(({ kind }) => kind === 'addressUses')
  assert.equal(uses?.removed, 1)
  assert.ok(uses?.lastRunAt)
  assert.equal(views.find(({ kind }) => kind === 'probes')?.lastRunAt, null)
})

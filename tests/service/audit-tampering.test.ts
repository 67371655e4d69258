/** Whoever can write to the database can change the audit trail, but not without its being seen. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { appendSystemAudit } from '#lib/audit/append-system-audit.ts'
import { appendHead, type ChainHead, chainHeadsFile, currentHead, readHeads } from '#lib/audit/chain-heads.ts'
import { readTrail, type TrailRecord } from '#lib/audit/read-trail.ts'
import { verifyChain } from '#lib/audit/verify-chain.ts'
import { type Database, openDatabase } from '#lib/db/database.ts'
import { type FreshDatabase, freshDatabase } from '#tests/support/database.ts'
import { matrix } from '#tests/support/matrix.ts'

const RECORDS = 120
const TRIES = 100

describe('the audit trail', () => {
  const figure = matrix('audit-tampering', 'Changes of the audit trail that its verification finds')
  const directory = mkdtempSync(join(tmpdir(), 'mail-audit-'))
  const file = chainHeadsFile(directory)
  let fresh: FreshDatabase
  let database: Database
  let records: TrailRecord[]
  let heads: ChainHead[]

  before(async () => {
    fresh = await freshDatabase()
    database = openDatabase(fresh.url, 2)
    for (let number = 1; number <= RECORDS; number += 1) {
      await database.transaction((transaction) =>
        appendSystemAudit(transaction, {
          action: 'mailbox.holdSending',
          subject: `mailbox:${number}`,
          mailboxId: number,
          reason: '',
          details: { limit: 'sendingLimitReached', count: number },
        }),
      )
      const head = await currentHead(database)
      if (number % 40 === 0 && head !== null) await appendHead(file, head)
    }
    records = []
    for await (const record of readTrail(database)) records.push(record)
    heads = await readHeads(file)
  })
  after(async () => {
    await database.close()
    await fresh.drop()
    rmSync(directory, { recursive: true })
  })

  it('is found whole when nobody touched it, in the database and in the heads alike', async () => {
    assert.deepEqual(await verifyChain(readTrail(database), heads), { outcome: 'intact', records: RECORDS })
    assert.equal(heads.length, 3)
  })

  async function isFound(change: (trail: TrailRecord[], number: number) => TrailRecord[]): Promise<void> {
    for (let number = 0; number < TRIES; number += 1) {
      const verdict = await verifyChain(change([...records], number), heads)
      assert.notEqual(verdict.outcome, 'intact', `change ${number}`)
    }
  }

  const changedField: readonly ((record: TrailRecord) => TrailRecord)[] = [
    (record) => ({ ...record, reason: 'another' }),
    (record) => ({ ...record, subject: `${record.subject}0` }),
    (record) => ({ ...record, at: new Date(record.at.getTime() + 1) }),
    (record) => ({ ...record, details: { ...record.details, count: 0 } }),
    (record) => ({ ...record, actorId: '0198c000-0000-7000-8000-00000000000a' }),
  ]

  figure.check(
    'a record that was changed is found',
    () =>
      isFound((trail, number) => {
        const change = changedField[number % changedField.length]
        return trail.map((record, index) => (index === number && change ? change(record) : record))
      }),
    TRIES,
  )
  figure.check(
    'a record that was taken away is found',
    () => isFound((trail, number) => trail.filter((_, index) => index !== number)),
    TRIES,
  )
  figure.check(
    'two records that changed places are found',
    () => isFound((trail, number) => trail.toSpliced(number, 2, ...trail.slice(number, number + 2).reverse())),
    TRIES,
  )
  figure.check(
    'a trail that was cut off at its end is found',
    () => isFound((trail, number) => trail.slice(0, number)),
    TRIES,
  )

  it('says where it breaks', async () => {
    const changed = records.map((record) => (record.id === 7 ? { ...record, reason: 'another' } : record))
    assert.deepEqual(await verifyChain(changed, heads), { outcome: 'changed', id: 7 })
    const shorter = records.filter(({ id }) => id !== 7)
    assert.deepEqual(await verifyChain(shorter, heads), { outcome: 'unlinked', id: 8 })
    assert.deepEqual(await verifyChain(records.slice(0, 100), heads), { outcome: 'headMissing', id: 120 })
  })

  const command = () => {
    const environment = { ...process.env, DATABASE_URL: fresh.url, DATA_DIR: directory }
    return spawnSync(process.execPath, ['lib/audit/verify.ts', '--export'], { env: environment, encoding: 'utf8' })
  }

  it('is exported by the command that verifies it, one record a line', () => {
    const { status, stdout, stderr } = command()
    assert.equal(status, 0, stderr)
    const lines = stdout.trim().split('\n')
    assert.equal(lines.length, RECORDS)
    assert.equal(JSON.parse(lines[6] ?? '').subject, 'mailbox:7')
  })

  it('is found broken by the same change in the database itself', async () => {
    const [first] = await database.query<{ reason: string }>(
      { name: 'tamper', text: `UPDATE audit_records SET reason = 'another' WHERE id = $1 RETURNING reason` },
      [30],
    )
    assert.equal(first?.reason, 'another')
    assert.deepEqual(await verifyChain(readTrail(database), heads), { outcome: 'changed', id: 30 })
    const { status, stderr } = command()
    assert.equal(status, 1)
    assert.match(stderr, /broken: record 30 was changed/)
  })
})

/** A version that rules for a part of the mailboxes, in a real engine: who is judged by which, and what is on record. */
import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { type Extent, isReached } from '#lib/policy/in-force.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

process.env.HOSTED_DOMAINS = 'infonia.ne.jp, second.test'
const engine = await startEngine()
after(() => engine.stop())
const { prisma } = await import('#lib/db/prisma.ts')
const one = await engine.addMailbox('taro')
const other = await engine.addMailbox('hanako')
await prisma().mailbox.update({
  where: { id: other.id },
  data: { address: 'hanako@second.test', domain: 'second.test' },
})

async function roll(extent: Extent, maxRecipientsPerMessage: number): Promise<number> {
  const { currentPolicy, savePolicy } = await import('#lib/policy/index.ts')
  const { version, document } = await currentPolicy()
  document.submission.limits.maxRecipientsPerMessage = maxRecipientsPerMessage
  return savePolicy(engine.operator, { document, note: 'test', basedOn: version, extent })
}

async function move(version: number, to: 'finished' | 'returned' | { extent: Extent }): Promise<void> {
  const { moveRollout } = await import('#lib/policy/move-rollout.ts')
  await moveRollout(engine.operator, { version, to })
}

/** @returns how many of three recipients were taken */
async function taken(mailbox: TestMailbox, address: string): Promise<number> {
  const username = `${mailbox.credential.username}@${address.split('@')[1]}`
  const client = await loggedInClient(engine, { ...mailbox.credential, username })
  await client.command(`MAIL FROM:<${address}>`)
  let count = 0
  for (let tries = 0; tries < 3; tries += 1) {
    if ((await client.command('RCPT TO:<taro@infonia.ne.jp>')).startsWith('250')) count += 1
  }
  client.close()
  return count
}

async function becomes(...expected: readonly [number, number]): Promise<void> {
  await eventually(async () => {
    const counts = [await taken(one, 'taro@infonia.ne.jp'), await taken(other, 'hanako@second.test')]
    assert.deepEqual(counts, expected)
  })
}

/** Of the newest event of a mailbox: the version that ruled. */
async function versionOnRecord(mailbox: TestMailbox): Promise<number | null> {
  const { prisma } = await import('#lib/db/prisma.ts')
  const where = { mailboxId: mailbox.id, kind: 'login' }
  return (await prisma().protocolEvent.findFirst({ where, orderBy: { id: 'desc' } }))?.policyVersion ?? null
}

const second: Extent = { kind: 'domains', domains: ['second.test'] }

it('rules for its domains alone, and the record says which version ruled', async () => {
  await becomes(3, 3)
  const version = await roll(second, 1)
  await eventually(async () => {
    await becomes(3, 1) // anew, because a login may have been judged just before its messages were
    assert.deepEqual([await versionOnRecord(one), await versionOnRecord(other)], [0, version])
  })
  await assert.rejects(roll(second, 2), { code: 'conflict' })
  await move(version, 'returned')
  await becomes(3, 3)
  await assert.rejects(move(version, 'finished'), { code: 'not_found' })
})

it('is widened to a percentage, and rules for everybody in the end', async () => {
  const version = await roll(second, 2)
  await becomes(3, 2)
  const extent: Extent = { kind: 'percent', percent: 50 }
  const expected = (mailbox: TestMailbox) =>
    isReached({ mailboxId: mailbox.id, addresses: [mailbox.address] }, { extent, version }) ? 2 : 3
  await move(version, { extent })
  await becomes(expected(one), expected(other))
  await move(version, 'finished')
  await becomes(2, 2)
  const { currentPolicy } = await import('#lib/policy/index.ts')
  assert.equal((await currentPolicy()).version, version)
})

it('messages on record are rehearsed under another policy', async () => {
  const { currentPolicy } = await import('#lib/policy/index.ts')
  const { rehearsePolicy } = await import('#lib/policy/rehearse-policy.ts')
  const client = await loggedInClient(engine, one.credential)
  assert.match(await sendMessage(client, one.address, one.address), /^250/)
  client.close()
  const { document } = await currentPolicy()
  document.listeners.submissions.mechanisms = ['SCRAM-SHA-256']
  const rehearsed = await eventually(async () => {
    const view = await rehearsePolicy(engine.operator, document)
    assert.ok(view.stages.some(({ stage, asked }) => stage === 'count' && asked === 1))
    return view
  })
  assert.deepEqual(
    rehearsed.reasons.map(({ reason, admitted }) => [reason, admitted]),
    [['mechanismNotAllowed', 0]],
  )
  assert.deepEqual(rehearsed.mailboxes.map(({ address }) => address).sort(), [
    'hanako@second.test',
    'taro@infonia.ne.jp',
  ])
  await assert.rejects(rehearsePolicy(one.actor, document), { code: 'forbidden' })
})

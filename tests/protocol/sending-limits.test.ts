/** What a person sees of the sending limits: on the wire, in the mailbox and in the portal. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { listHeldMailboxes, releaseSending } from '#lib/accounts/index.ts'
import { listChanges } from '#lib/activity/list-changes.ts'
import { listEvents } from '#lib/activity/list-events.ts'
import { decideApproval } from '#lib/approvals/decide-approval.ts'
import { type AuditEntry, auditHash } from '#lib/audit/append-audit.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

const MAX_ABROAD = 2

const engine = await startEngine({
  policy: ({ abuse, submission }) => {
    abuse.homeNetworks = ['192.0.2.0/24']
    abuse.holdAfterTrips = 2
    submission.limits.maxRecipientsPerDayFromAbroad = MAX_ABROAD
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako')
const client = await loggedInClient(engine, taro.credential)
for (let sent = 0; sent < MAX_ABROAD; sent += 1) {
  assert.match(await sendMessage(client, taro.address, hanako.address), /^250 /)
}
client.close()

describe('smtp: sending limits', () => {
  beforeEach(async () => {
    await prisma().sendingTrip.updateMany({ data: { hour: new Date(Date.now() - 7_200_000) } })
  })

  async function answer(): Promise<string> {
    const client = await loggedInClient(engine, taro.credential)
    const reply = await sendMessage(client, taro.address, hanako.address)
    client.close()
    return reply
  }

  /** The engine's own records are links of the same chain as the portal's. */
  async function chainIsWhole(): Promise<void> {
    let prevHash = new Uint8Array(32)
    for (const { id: _id, at, hash, prevHash: claimed, ...entry } of await prisma().auditRecord.findMany({
      orderBy: { id: 'asc' },
    })) {
      assert.deepEqual(new Uint8Array(claimed), prevHash)
      const details = entry.details as AuditEntry['details']
      assert.deepEqual(new Uint8Array(auditHash(prevHash, at, { ...entry, details })), new Uint8Array(hash))
      prevHash = new Uint8Array(hash)
    }
  }

  it('says in words and by the clock when sending works again', async () => {
    assert.match(
      await answer(),
      /^450 4\.7\.1 Sending limit from other networks than ours reached, you can send again in 2[34] hours \(\d{4}-\d\d-\d\d \d\d:\d\d \+0900\)\. See .*\/g\/L1\r\n$/,
    )
    await eventWhere({ reason: 'abroadLimitReached', mailboxId: taro.id })
    const { events } = await listEvents(taro.actor, { show: 'trouble', service: 'sending' })
    assert.equal(events[0]?.reason, 'abroadLimitReached')
    await eventually(async () => assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1))
  })

  it('holds the sending of who goes on, until a person releases it', async () => {
    assert.match(await answer(), /^450 4\.7\.1 Sending limit from other networks/)
    await eventually(async () => assert.match(await answer(), /^450 4\.7\.1 Sending is on hold .*\/g\/L3\r\n$/))
    const [held, ...others] = await listHeldMailboxes(engine.operator)
    assert.deepEqual(others, [])
    assert.equal(held?.address, taro.address)
    assert.equal(held?.limit, 'abroadLimitReached')
    assert.equal(JSON.stringify(held).includes(hanako.address), false)
    await assert.rejects(listHeldMailboxes(taro.actor), /SUBSCRIBER/)
    await assert.rejects(releaseSending(taro.actor, { mailboxId: taro.id, reason: 'let me' }), /SUBSCRIBER/)

    const release = { mailboxId: taro.id, reason: 'talked on the telephone' }
    assert.equal(await releaseSending(engine.operator, release), 'awaitingApproval')
    const { id: approvalId } = await prisma().approval.findFirstOrThrow()
    const agent = { accountId: crypto.randomUUID(), role: 'SENIOR_AGENT', customerId: null } as const
    await decideApproval(agent, { approvalId, verdict: 'approve' })
    assert.equal(await releaseSending(engine.operator, release), 'done')
    assert.match(await answer(), /^450 4\.7\.1 Sending limit from other networks/)
    const changes = (await listChanges(taro.actor)).filter(({ action }) => action.startsWith('mailbox.'))
    assert.deepEqual(
      changes.map(({ action, by, reason }) => [action, by, reason]),
      [
        ['mailbox.releaseSending', 'staff', 'talked on the telephone'],
        ['mailbox.holdSending', 'system', ''],
      ],
    )
    await chainIsWhole()
  })
})

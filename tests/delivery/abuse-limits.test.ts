/** What a stolen password can do: section D of the abuse matrix. Time passes by moving what was counted into the past. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe } from 'node:test'
import { type LimitTrips, openLimitTrips } from '#lib/engine/abuse/limit-trips.ts'
import { type AcceptedMessage, DeliveryRefused, type MessageOwner } from '#lib/engine/delivery/accepted-message.ts'
import { createPutNotice } from '#lib/engine/delivery/put-notice.ts'
import { decide } from '#lib/policy/decide.ts'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { reasons } from '#lib/policy/reasons.ts'
import { type DeliveryRig, openDeliveryRig, plainMessage, site } from '#tests/support/delivery.ts'
import { matrix } from '#tests/support/matrix.ts'

const PHONE = '0198c000-0000-7000-8000-00000000000a'
const LAPTOP = '0198c000-0000-7000-8000-00000000000b'

describe('a compromised credential', () => {
  let rig: DeliveryRig
  let trips: LimitTrips
  let accept: (message: AcceptedMessage) => Promise<unknown>
  let mailboxCount = 0
  const now = () => new Date()

  before(async () => {
    rig = await openDeliveryRig()
    trips = openLimitTrips({
      database: rig.database,
      rules: () => rig.policy.abuse,
      site,
      portalUrl: 'https://portal.infonia.test',
      putNotice: createPutNotice(site.domain, now, () => {}),
      now,
      onFault: (error) => assert.fail(String(error)),
    })
    accept = rig.acceptance({ onRefused: (trip) => trips.note(trip) })
  })
  beforeEach(() => {
    Object.assign(rig.policy, structuredClone(defaultPolicy))
    for (const limits of [rig.policy.submission.limits, rig.policy.popBeforeSmtp.limits]) {
      limits.maxNewCorrespondentsPerDay = 10_000
    }
  })
  after(() => rig.close())

  async function newOwner(): Promise<MessageOwner> {
    mailboxCount += 1
    return { mailboxId: await rig.addMailbox(`abused${mailboxCount}`) }
  }

  const recipient = (address: string) => ({
    address,
    target: { kind: 'remote', domain: 'remote.test' } as const,
    notify: [],
    originalRecipient: null,
  })

  /** One message to `count` people: always the same ones, or strangers. */
  async function send(owner: MessageOwner, count: number, change: Partial<AcceptedMessage> & { whom?: string } = {}) {
    const { whom = 'friend', ...rest } = change
    const recipients = Array.from({ length: count }, (_, index) => recipient(`${whom}${index}@remote.test`))
    await accept({ ...plainMessage, owner, recipients, listener: 'submission', ...rest })
  }

  async function sendMany(owner: MessageOwner, total: number, each = 100): Promise<void> {
    for (let sent = 0; sent < total; sent += each) await send(owner, Math.min(each, total - sent))
  }

  async function refused(attempt: Promise<unknown>, reason: string): Promise<DeliveryRefused> {
    const error = await attempt.then(
      () => assert.fail(`accepted instead of ${reason}`),
      (fault: unknown) => fault,
    )
    assert.ok(error instanceof DeliveryRefused, String(error))
    assert.equal(error.reason, reason)
    assert.equal(reasons[error.reason].code, 450)
    return error
  }

  const passHours = async (hours: number) => {
    await rig.query(`UPDATE sending_counters SET hour = hour - make_interval(hours => $1)`, [hours])
    await rig.query(
      `UPDATE sending_trips SET hour = hour - make_interval(hours => $1), notice_sent_at = notice_sent_at - make_interval(hours => $1)`,
      [hours],
    )
    await rig.query(`UPDATE correspondents SET first_sent_at = first_sent_at - make_interval(hours => $1)`, [hours])
  }
  const lettersIn = async (mailboxId: number) =>
    (
      await rig.query<{ content: Buffer }>('SELECT content FROM bodies WHERE mailbox_id = $1 ORDER BY id', [mailboxId])
    ).map(({ content }) => textOf(content))
  const isHeld = async (mailboxId: number) =>
    (
      await rig.query<{ held: boolean }>('SELECT sending_held_at IS NOT NULL AS held FROM mailboxes WHERE id = $1', [
        mailboxId,
      ])
    )[0]?.held

  const cases = matrix('outbound-abuse', 'Messages that a stolen password sent beyond the limits: none')

  cases.check('the 101st recipient of a message', async () => {
    const asked = { stage: 'rcpt', listener: 'submission', target: 'remote', targetIsFull: false } as const
    const permission = { kind: 'authenticated', addresses: [] } as const
    assert.equal(decide({ ...asked, permission, acceptedRecipients: 99 }, defaultPolicy).outcome, 'accept')
    const verdict = decide({ ...asked, permission, acceptedRecipients: 100 }, defaultPolicy)
    assert.deepEqual(verdict, { outcome: 'defer', reason: 'tooManyRecipients' })
    assert.deepEqual([reasons.tooManyRecipients.code, reasons.tooManyRecipients.enhanced], [452, '4.5.3'])
  })

  cases.check('the 301st recipient in an hour, with the time at which it works again', async () => {
    const owner = await newOwner()
    await sendMany(owner, 300)
    const { waitSeconds } = await refused(send(owner, 1), 'sendingLimitReached')
    assert.ok(waitSeconds !== null && waitSeconds >= 1 && waitSeconds <= 3_600, String(waitSeconds))
    await passHours(1)
    await send(owner, 1)
  })

  cases.check('the 1,001st recipient in a day', async () => {
    const owner = await newOwner()
    for (const count of [300, 300, 300, 100]) {
      await sendMany(owner, count)
      await passHours(1)
    }
    const { waitSeconds } = await refused(send(owner, 1), 'sendingLimitReached')
    assert.ok(waitSeconds !== null && waitSeconds > 19 * 3_600 && waitSeconds <= 20 * 3_600, String(waitSeconds))
  })

  cases.check('fifty sessions at once', async () => {
    const owner = await newOwner()
    rig.policy.submission.limits.maxRecipientsPerHour = 30
    const other = rig.acceptance({})
    const message = { ...plainMessage, owner, listener: 'submission' as const }
    const recipients = ['a', 'b', 'c'].map((name) => recipient(`${name}@remote.test`))
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? other : accept)({ ...message, recipients })),
    )
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 10)
  })

  cases.check('two devices share the limit of the mailbox, and each has its own', async () => {
    const owner = await newOwner()
    rig.policy.submission.limits.maxRecipientsPerCredentialPerDay = 20
    rig.policy.submission.limits.maxRecipientsPerDay = 30
    await send({ ...owner, credentialId: PHONE }, 20)
    await refused(send({ ...owner, credentialId: PHONE }, 1), 'credentialLimitReached')
    await send({ ...owner, credentialId: LAPTOP }, 10)
    await refused(send({ ...owner, credentialId: LAPTOP }, 1), 'sendingLimitReached')
  })

  cases.check('POP before SMTP and SMTP AUTH count together, and a window by itself', async () => {
    const owner = await newOwner()
    rig.policy.popBeforeSmtp.limits.maxRecipientsPerHour = 40
    rig.policy.popBeforeSmtp.maxMessagesPerWindow = 2
    rig.policy.popBeforeSmtp.maxRecipientsPerWindow = 15
    await send(owner, 15)
    const window = { ...owner, windowId: '192.0.2.1 first' }
    await send(window, 10, { listener: 'smtp' })
    await refused(send(window, 6, { listener: 'smtp' }), 'windowLimitReached')
    await send(window, 1, { listener: 'smtp' })
    await refused(send(window, 1, { listener: 'smtp' }), 'windowLimitReached')
    await send({ ...owner, windowId: '192.0.2.1 second' }, 14, { listener: 'smtp' })
    await refused(send({ ...owner, windowId: '192.0.2.1 third' }, 1, { listener: 'smtp' }), 'sendingLimitReached')
  })

  cases.check('the 201st new correspondent', async () => {
    const owner = await newOwner()
    rig.policy.submission.limits.maxNewCorrespondentsPerDay = 200
    await send(owner, 100, { whom: 'one' })
    await send(owner, 100, { whom: 'two' })
    const { waitSeconds } = await refused(send(owner, 1, { whom: 'three' }), 'newCorrespondentsReached')
    assert.ok(waitSeconds !== null && waitSeconds > 23 * 3_600, String(waitSeconds))
    await send(owner, 50, { whom: 'one' })
    const kept = await rig.query<{ digest: Buffer }>('SELECT digest FROM correspondents WHERE mailbox_id = $1', [
      owner.mailboxId,
    ])
    assert.equal(kept.length, 200)
    assert.ok(kept.every(({ digest }) => digest.length === 16))
    await passHours(25)
    await send(owner, 1, { whom: 'three' })
  })

  cases.check('the 34th recipient from abroad', async () => {
    const owner = { ...(await newOwner()), isFromAbroad: true }
    await send(owner, 33)
    await refused(send(owner, 1), 'abroadLimitReached')
    await send({ ...owner, isFromAbroad: false }, 1)
  })

  cases.check('twenty refused recipients in an hour hold the sending', async () => {
    const owner = await newOwner()
    await send(owner, 20)
    const [queued] = await rig.query<{ id: number }>('SELECT id FROM queued_messages WHERE mailbox_id = $1', [
      owner.mailboxId,
    ])
    const fail = (count: number) =>
      rig.query(
        `UPDATE queued_recipients SET state = 'FAILED', finished_at = now()
         WHERE id IN (SELECT id FROM queued_recipients WHERE message_id = $1 ORDER BY id LIMIT $2)`,
        [queued?.id, count],
      )
    await fail(19)
    trips.noteBounce(queued?.id ?? 0)
    await trips.settled()
    assert.equal(await isHeld(owner.mailboxId), false)
    await fail(20)
    trips.noteBounce(queued?.id ?? 0)
    await trips.settled()
    await refused(send(owner, 1), 'sendingHeld')
    assert.match((await lettersIn(owner.mailboxId))[0] ?? '', /断られました/)
  })

  cases.check('changing the sender address changes nothing', async () => {
    const owner = await newOwner()
    await sendMany(owner, 300)
    await refused(send(owner, 1, { sender: 'other.name@infonia.test' }), 'sendingLimitReached')
  })

  cases.check('the day is a sliding one', async () => {
    const owner = await newOwner()
    await sendMany(owner, 300)
    rig.policy.submission.limits.maxRecipientsPerDay = 310
    await passHours(23)
    await send(owner, 10)
    await refused(send(owner, 1), 'sendingLimitReached')
    await passHours(1)
    await send(owner, 1)
  })

  cases.check('repeated trips hold the sending; the owner is told at once, and once a day', async () => {
    const owner = await newOwner()
    rig.policy.submission.limits.maxRecipientsPerHour = 1
    const trip = async () => {
      await refused(send(owner, 2), 'sendingLimitReached')
      await trips.settled()
    }
    await trip()
    await trip()
    assert.equal((await lettersIn(owner.mailboxId)).length, 1, 'one letter a day')
    await passHours(1)
    await trip()
    assert.equal(await isHeld(owner.mailboxId), false)
    await passHours(1)
    await trip()
    await refused(send(owner, 1), 'sendingHeld')
    const [limited, held, ...more] = await lettersIn(owner.mailboxId)
    assert.match(
      limited ?? '',
      /送信の数に達しました[\s\S]*\d\d:\d\d（日本時間）[\s\S]*You can send again from [\d-]+ \d\d:\d\d \+0900/,
    )
    assert.match(held ?? '', /送信をお止めしました[\s\S]*Sending|on hold/)
    assert.deepEqual(more, [])
    const audits = await rig.query<{ action: string; details: unknown }>(
      'SELECT action, details FROM audit_records WHERE mailbox_id = $1',
      [owner.mailboxId],
    )
    assert.deepEqual(audits, [{ action: 'mailbox.holdSending', details: { limit: 'sendingLimitReached' } }])
  })
})

/** The decoded text of a letter with one base64 part. */
function textOf(content: Buffer): string {
  const [, body = ''] = content.toString().split('\r\n\r\n')
  return Buffer.from(body, 'base64').toString()
}

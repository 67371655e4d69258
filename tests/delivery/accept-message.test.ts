import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DeliveryRefused } from '#lib/engine/delivery/accepted-message.ts'
import { type DeliveryRig, openDeliveryRig, plainMessage } from '#tests/support/delivery.ts'

let rig: DeliveryRig
before(async () => {
  rig = await openDeliveryRig()
})
after(() => rig.close())

type StoredRow = {
  uid: number
  uidl: string
  prefix: Buffer
  content: Buffer
  size_bytes: number
  envelope: string
  modseq: number
}

const storedIn = (mailboxId: number) =>
  rig.query<StoredRow>(
    `SELECT m.uid, m.uidl, m.prefix, b.content, m.size_bytes, m.envelope, m.modseq FROM messages m
     JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id WHERE m.mailbox_id = $1 ORDER BY m.uid`,
    [mailboxId],
  )
const usedBytes = async (mailboxId: number) =>
  (await rig.query<{ used_bytes: number }>('SELECT used_bytes FROM mailboxes WHERE id = $1', [mailboxId]))[0]
    ?.used_bytes
const refusedAs = (reason: string) => (error: unknown) => error instanceof DeliveryRefused && error.reason === reason

test('a message is stored byte for byte, with its trace in front', async () => {
  const mailboxId = await rig.addMailbox('bytes')
  const content = Buffer.concat([Buffer.from('Subject: \xff\x00\r\n\r\n', 'latin1'), Buffer.from([0, 255, 13, 10])])
  const { reference } = await rig.accept({ to: ['Bytes@INFONIA.test'], content })
  const [message] = await storedIn(mailboxId)
  assert.deepEqual(message?.content, content)
  assert.equal(
    String(message?.prefix),
    `Return-Path: <sender@elsewhere.test>\r\nDelivered-To: Bytes@INFONIA.test\r\n${plainMessage.traceHeader}`,
  )
  assert.equal(message?.size_bytes, (message?.prefix.length ?? 0) + content.length)
  assert.equal(message?.uidl, reference)
  assert.equal(await usedBytes(mailboxId), message?.size_bytes)
})

test('messages that arrive together get UIDs in order, one modification sequence each batch, and lose nobody', async () => {
  const [one, two] = [await rig.addMailbox('busy1'), await rig.addMailbox('busy2')]
  const subjects = Array.from({ length: 300 }, (_, index) => `message ${index}`)
  await Promise.all(
    subjects.map((subject, index) =>
      rig.accept({
        to: index % 3 === 0 ? ['busy1@infonia.test', 'busy2@infonia.test'] : ['busy1@infonia.test'],
        content: Buffer.from(`Subject: ${subject}\r\n\r\n${'x'.repeat(index)}\r\n`),
      }),
    ),
  )
  const first = await storedIn(one)
  assert.deepEqual(
    first.map(({ uid }) => uid),
    subjects.map((_, index) => index + 1),
  )
  const found = new Set(first.map(({ content }) => /^Subject: (.*)\r\n/.exec(String(content))?.[1]))
  assert.deepEqual(found, new Set(subjects))
  for (const { content, envelope } of first) {
    assert.ok(envelope.includes(`"${/^Subject: (.*)\r\n/.exec(String(content))?.[1]}"`))
  }
  assert.equal((await storedIn(two)).length, 100)
  assert.equal(
    await usedBytes(one),
    first.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
  )
  const [inbox] = await rig.query<{ uid_next: number; highest_modseq: number }>(
    `SELECT uid_next, highest_modseq FROM folders WHERE mailbox_id = $1 AND name = 'INBOX'`,
    [one],
  )
  assert.equal(inbox?.uid_next, 301)
  assert.equal(inbox?.highest_modseq, Math.max(...first.map(({ modseq }) => modseq)))
})

test('two engine processes that deliver into the same mailboxes give no UID twice and do not deadlock', async () => {
  const ids = [await rig.addMailbox('shared1'), await rig.addMailbox('shared2')]
  const other = rig.acceptance({})
  const to = ['shared1@infonia.test', 'shared2@infonia.test']
  const send = async (through: typeof other, order: readonly string[]) => {
    const recipients = await Promise.all(
      order.map(async (address) => ({
        address,
        target: await rig.resolveRecipient(address),
        notify: [],
        originalRecipient: null,
      })),
    )
    await through({ ...plainMessage, recipients })
  }
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => (index % 2 ? send(other, to) : rig.accept({ to: [...to].reverse() }))),
  )
  for (const id of ids) {
    assert.deepEqual(
      (await storedIn(id)).map(({ uid }) => uid),
      Array.from({ length: 200 }, (_, index) => index + 1),
    )
  }
})

test('two addresses of one mailbox get one copy', async () => {
  const mailboxId = await rig.addMailbox('alias')
  await rig.query(`INSERT INTO aliases (address, mailbox_id) VALUES ('other@second.test', $1)`, [mailboxId])
  await rig.accept({ to: ['alias@infonia.test', 'other@second.test'] })
  assert.equal((await storedIn(mailboxId)).length, 1)
})

test('a mailbox that filled up since RCPT refuses the whole message, and only that', async () => {
  const [full, open] = [await rig.addMailbox('full', 100), await rig.addMailbox('roomy')]
  await rig.accept({ to: ['full@infonia.test'] }) // the one that may reach beyond the quota
  const results = await Promise.allSettled([
    rig.accept({ to: ['roomy@infonia.test'] }),
    rig.accept({ to: ['full@infonia.test', 'roomy@infonia.test'] }),
    rig.accept({ to: ['roomy@infonia.test', 'x@remote.test'], owner: { mailboxId: open }, listener: 'submission' }),
    rig.accept({ to: ['full@infonia.test', 'x@remote.test'], owner: { mailboxId: open }, listener: 'submission' }),
  ])
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
  )
  for (const index of [1, 3]) {
    const result = results[index]
    assert.ok(result?.status === 'rejected' && refusedAs('mailboxFull')(result.reason))
  }
  assert.equal((await storedIn(full)).length, 1)
  assert.equal((await storedIn(open)).length, 2)
  const [counter] = await rig.query<{ recipients: number }>(
    'SELECT recipients FROM sending_counters WHERE mailbox_id = $1',
    [open],
  )
  assert.equal(counter?.recipients, 2)
  const queued = await rig.query('SELECT id FROM queued_messages WHERE mailbox_id = $1', [open])
  assert.equal(queued.length, 1)
})

test('a message that the database cannot store does not take its neighbours along', async () => {
  const mailboxId = await rig.addMailbox('neighbour')
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      // PostgreSQL's text has no NUL: this sender can never be stored in the queue.
      rig.accept({
        to: ['neighbour@infonia.test', 'x@remote.test'],
        sender: index === 7 ? 'a\0b@elsewhere.test' : 'a@elsewhere.test',
      }),
    ),
  )
  assert.deepEqual(
    results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : [])),
    [7],
  )
  assert.equal((await storedIn(mailboxId)).length, 19)
})

test('recipients elsewhere are queued with the trace header and what the sender asked for', async () => {
  const owner = { mailboxId: await rig.addMailbox('writer') }
  await rig.accept({
    sender: 'writer@infonia.test',
    owner,
    listener: 'submission',
    envelopeId: 'QQ+2B1',
    returnFull: true,
    eightBit: true,
    recipients: [
      {
        address: 'a@remote.test',
        target: { kind: 'remote', domain: 'remote.test' },
        notify: ['success', 'delay'],
        originalRecipient: 'rfc822;a+2Bb@remote.test',
      },
      { address: 'b@far.test', target: { kind: 'remote', domain: 'far.test' }, notify: [], originalRecipient: null },
    ],
  })
  const rows = await rig.query<Record<string, unknown>>(
    `SELECT m.sender, m.content, m.size_bytes, m.eight_bit, m.envelope_id, m.return_full, r.address, r.domain, r.notify, r.original_recipient,
            r.state, m.expires_at - m.queued_at AS lifetime
     FROM queued_messages m JOIN queued_recipients r ON r.message_id = m.id WHERE m.mailbox_id = $1 ORDER BY r.id`,
    [owner.mailboxId],
  )
  assert.equal(rows.length, 2)
  const content = Buffer.concat([plainMessage.traceHeader, plainMessage.content])
  for (const row of rows) {
    assert.deepEqual(row.content, content)
    assert.equal(row.size_bytes, content.length)
    assert.equal(row.envelope_id, 'QQ+2B1')
    assert.equal(row.return_full, true)
    assert.equal(row.state, 'WAITING')
    assert.equal(String(row.lifetime), String(rows[0]?.lifetime))
  }
  assert.deepEqual(rows[0]?.notify, ['success', 'delay'])
  assert.equal(rows[0]?.original_recipient, 'rfc822;a+2Bb@remote.test')
  assert.deepEqual(rows[1]?.notify, [])
  assert.equal(rows[1]?.original_recipient, null)
})

test('fifty sessions at once cannot get past the hourly limit, in two processes', async () => {
  const owner = { mailboxId: await rig.addMailbox('limited') }
  rig.policy.submission.limits.maxRecipientsPerHour = 30
  const other = rig.acceptance({})
  const message = { ...plainMessage, owner, listener: 'submission' as const }
  const target = { kind: 'remote', domain: 'remote.test' } as const
  const recipients = [1, 2].map((n) => ({ address: `x${n}@remote.test`, target, notify: [], originalRecipient: null }))
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) =>
      index % 2 ? other({ ...message, recipients }) : rig.accept({ ...message, recipients }),
    ),
  )
  const accepted = results.filter(({ status }) => status === 'fulfilled')
  assert.equal(accepted.length, 15)
  for (const result of results) {
    assert.ok(result.status === 'fulfilled' || refusedAs('sendingLimitReached')(result.reason))
  }
  const [counter] = await rig.query<{ sum: number }>(
    'SELECT sum(recipients)::int8 AS sum FROM sending_counters WHERE mailbox_id = $1',
    [owner.mailboxId],
  )
  assert.equal(counter?.sum, 30)
})

test('the day counts the last 24 hours, and POP before SMTP has limits of its own', async () => {
  const owner = { mailboxId: await rig.addMailbox('daily') }
  rig.policy.submission.limits.maxRecipientsPerHour = 300
  rig.policy.submission.limits.maxRecipientsPerDay = 100
  rig.policy.popBeforeSmtp.limits.maxRecipientsPerDay = 98
  await rig.query(
    `INSERT INTO sending_counters VALUES ($1, date_trunc('hour', now()) - interval '23 hours', 97), ($1, date_trunc('hour', now()) - interval '25 hours', 500)`,
    [owner.mailboxId],
  )
  const to = ['x@remote.test']
  const byWindow = { to, owner: { ...owner, windowId: '1' }, listener: 'smtp' } as const
  await rig.accept(byWindow)
  await assert.rejects(rig.accept(byWindow), refusedAs('sendingLimitReached'))
  await rig.accept({ to, owner, listener: 'submission' })
  await rig.accept({ to, owner, listener: 'submission' })
  await assert.rejects(rig.accept({ to, owner, listener: 'submission' }), refusedAs('sendingLimitReached'))
})

test('without the database the answer is an exception that is no refusal, and nothing is stored', async () => {
  const mailboxId = await rig.addMailbox('away')
  const recipients = [
    {
      address: 'away@infonia.test',
      target: { kind: 'local', mailboxId, isFull: false, hasScript: false } as const,
      notify: [],
      originalRecipient: null,
    },
  ]
  const away = rig.acceptance({
    database: { ...rig.database, query: () => Promise.reject(new Error('Connection terminated unexpectedly')) },
  })
  await assert.rejects(away({ ...plainMessage, recipients }), (error) => !(error instanceof DeliveryRefused))
  assert.equal((await storedIn(mailboxId)).length, 0)
})

test('local NOTIFY=SUCCESS is reported by the same commit, never to the null sender or to one who is not known', async () => {
  const [sender] = [await rig.addMailbox('asker'), await rig.addMailbox('answerer')]
  const target = await rig.resolveRecipient('answerer@infonia.test')
  const recipients = [
    { address: 'answerer@infonia.test', target, notify: ['success'] as const, originalRecipient: null },
  ]
  const owner = { mailboxId: sender }
  await rig.accept({ sender: 'asker@infonia.test', owner, listener: 'submissions', recipients })
  await rig.accept({ sender: 'asker@infonia.test', isSenderConfirmed: false, recipients })
  await rig.accept({ sender: '', recipients })
  const reports = await storedIn(sender)
  assert.equal(reports.length, 1)
  assert.match(String(reports[0]?.prefix), /^Return-Path: <>\r\n/)
  assert.match(String(reports[0]?.content), /\r\nAction: delivered\r\n/)
})

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { RefusedByRecipients } from '#lib/engine/delivery/accepted-message.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'

let rig: DeliveryRig
before(async () => {
  rig = await openDeliveryRig()
})
after(() => rig.close())

const letter = (to: string, fields = '') =>
  Buffer.from(`From: a@elsewhere.test\r\nTo: ${to}\r\nSubject: hello\r\n${fields}Message-ID: <1@x>\r\n\r\nHello.\r\n`)

async function mailboxWith(login: string, script: string): Promise<number> {
  const mailboxId = await rig.addMailbox(login)
  await rig.query(`INSERT INTO sieve_scripts (mailbox_id, name, content, is_active) VALUES ($1, 'main', $2, true)`, [
    mailboxId,
    script,
  ])
  return mailboxId
}

const stored = (mailboxId: number) =>
  rig.query<{ folder: string; flags: number; keywords: string[]; text: string; uidl: string }>(
    `SELECT f.name AS folder, m.flags, m.keywords, m.uidl, convert_from(m.prefix || b.content, 'UTF8') AS text
     FROM messages m JOIN folders f ON f.mailbox_id = m.mailbox_id AND f.id = m.folder_id
     JOIN bodies b ON b.mailbox_id = m.mailbox_id AND b.id = m.body_id WHERE m.mailbox_id = $1 ORDER BY f.name`,
    [mailboxId],
  )
const foldersOf = async (mailboxId: number) => (await stored(mailboxId)).map(({ folder }) => folder)
const queuedTo = (address: string) =>
  rig.query<{ sender: string; text: string }>(
    `SELECT q.sender, convert_from(q.content, 'UTF8') AS text FROM queued_messages q
     JOIN queued_recipients r ON r.message_id = q.id WHERE r.address = $1 ORDER BY q.id`,
    [address],
  )
const reasonsFor = async (mailboxId: number) =>
  (
    await rig.query<{ reason: string }>(
      `SELECT reason FROM protocol_events WHERE mailbox_id = $1 AND kind = 'recipe' ORDER BY id`,
      [mailboxId],
    )
  ).map(({ reason }) => reason)
const send = (login: string, more: Parameters<DeliveryRig['accept']>[0] = {}) => {
  const address = `${login}@infonia.test`
  return rig.accept({ to: [address], content: letter(address), ...more })
}
const agree = (mailboxId: number, address: string) =>
  rig.query(
    `INSERT INTO forward_addresses (mailbox_id, address, token_hash, verified_at) VALUES ($1, $2, sha256($3), now())`,
    [mailboxId, address, Buffer.from(`${mailboxId} ${address}`)],
  )

describe('recipes run in the transaction that accepts a message', () => {
  it('files into folders, makes them, sets flags; two copies of one message have two UIDLs', async () => {
    const script = `require ["fileinto", "mailbox", "imap4flags", "copy"];
      fileinto :create :flags ["\\\\Seen", "$work"] "Work/New"; keep;`
    const mailboxId = await mailboxWith('files', script)
    await send('files')
    const copies = await stored(mailboxId)
    assert.deepEqual(
      copies.map(({ folder, flags, keywords }) => [folder, flags, keywords]),
      [
        ['INBOX', 0, []],
        ['Work/New', 1, ['$work']],
      ],
    )
    assert.equal(new Set(copies.map(({ uidl }) => uidl)).size, 2)
  })

  it('keeps what would go into a folder that is not there, and says so', async () => {
    const mailboxId = await mailboxWith('nofolder', 'require "fileinto"; fileinto "Nowhere";')
    await send('nofolder')
    assert.deepEqual(await foldersOf(mailboxId), ['INBOX'])
    assert.deepEqual(await reasonsFor(mailboxId), ['recipeFolderMissing'])
  })

  it('keeps the message when a script fails or cannot be read, and says so', async () => {
    const failing = await mailboxWith('failing', 'require "include"; include "none"; discard;')
    const unreadable = await mailboxWith('unreadable', 'discard')
    await rig.accept({ to: ['failing@infonia.test', 'unreadable@infonia.test'] })
    for (const mailboxId of [failing, unreadable]) {
      assert.deepEqual(await foldersOf(mailboxId), ['INBOX'])
      assert.deepEqual(await reasonsFor(mailboxId), ['recipeFailed'])
    }
  })

  it('discards, and leaves other recipients alone', async () => {
    const discarding = await mailboxWith('discards', 'discard;')
    const plain = await rig.addMailbox('plain')
    await rig.accept({ to: ['discards@infonia.test', 'plain@infonia.test'] })
    assert.deepEqual([await foldersOf(discarding), await foldersOf(plain)], [[], ['INBOX']])
  })

  it('stores an edited header as the message', async () => {
    const mailboxId = await mailboxWith('edits', 'require "editheader"; addheader "X-New" "1"; deleteheader "subject";')
    await send('edits')
    const [copy] = await stored(mailboxId)
    assert.match(copy?.text ?? '', /^Return-Path: <sender@elsewhere\.test>\r\nX-New: 1\r\nDelivered-To: /)
    assert.doesNotMatch(copy?.text ?? '', /Subject/)
  })
})

describe('forwards', () => {
  it('wait for the reader of the new address: kept, an event, one letter with a link', async () => {
    const mailboxId = await mailboxWith('asks', 'redirect "new@outside.test";')
    await send('asks')
    await send('asks')
    assert.deepEqual(await foldersOf(mailboxId), ['INBOX', 'INBOX'])
    assert.deepEqual(await reasonsFor(mailboxId), ['forwardNotConfirmed', 'forwardNotConfirmed'])
    const letters = await queuedTo('new@outside.test')
    assert.equal(letters.length, 1)
    assert.equal(letters[0]?.sender, '')
  })

  it('leave under a wrapped sender when the reader has agreed, and keep no copy', async () => {
    const mailboxId = await mailboxWith('forwards', 'redirect "agreed@outside.test";')
    await agree(mailboxId, 'agreed@outside.test')
    await send('forwards')
    assert.deepEqual(await foldersOf(mailboxId), [])
    const [forwarded] = await queuedTo('agreed@outside.test')
    assert.match(forwarded?.sender ?? '', /^SRS0=.*=elsewhere\.test=sender@infonia\.test$/i)
    assert.match(forwarded?.text ?? '', /^Delivered-To: forwards@infonia\.test\r\n/)
  })

  it('are bounded by the day: what is beyond stays here, and its owner hears of it', async () => {
    const mailboxId = await mailboxWith('busy', 'redirect "far@outside.test"; redirect "loop@infonia.test";')
    await rig.addMailbox('loop')
    await agree(mailboxId, 'far@outside.test')
    rig.policy.recipes.maxForwardsPerDay = 2
    for (let count = 0; count < 3; count += 1) await send('busy')
    assert.equal((await queuedTo('far@outside.test')).length, 2)
    assert.deepEqual(await foldersOf(mailboxId), ['INBOX'])
    assert.deepEqual(await reasonsFor(mailboxId), ['forwardLimitReached'])
    await rig.query(`UPDATE sending_counters SET hour = hour - interval '25 hours' WHERE mailbox_id = $1`, [mailboxId])
    await send('busy')
    assert.equal((await queuedTo('far@outside.test')).length, 3)
    rig.policy.recipes.maxForwardsPerDay = 500
  })

  it('from A to B to A end where they began', async () => {
    const one = await mailboxWith('loop-a', 'redirect "loop-b@infonia.test";')
    const two = await mailboxWith('loop-b', 'redirect "loop-a@infonia.test";')
    await send('loop-a')
    assert.deepEqual([await foldersOf(one), await foldersOf(two)], [['INBOX'], []])
    assert.deepEqual(await reasonsFor(one), ['forwardLoop'])
  })

  it('to oneself, and through a ring outside, are kept', async () => {
    const self = await mailboxWith('self', 'redirect "self@infonia.test";')
    await send('self')
    const ring = await mailboxWith('ring', 'redirect "ring@outside.test";')
    await agree(ring, 'ring@outside.test')
    await send('ring', { content: letter('ring@infonia.test', 'Delivered-To: ring@infonia.test\r\n') })
    assert.deepEqual([await foldersOf(self), await foldersOf(ring)], [['INBOX'], ['INBOX']])
    assert.deepEqual(await queuedTo('ring@outside.test'), [])
  })
})

describe('answers', () => {
  const vacation = 'require "vacation"; vacation :days 1 :subject "Away\\r\\nBcc: x@y.test" "I am away";'

  it('go once to each sender, from nobody, marked as automatic', async () => {
    await mailboxWith('away', vacation)
    await Promise.all([
      send('away', { sender: 'once@elsewhere.test' }),
      send('away', { sender: 'Once@elsewhere.test' }),
    ])
    await send('away', { sender: 'once@elsewhere.test' })
    await send('away', { sender: 'other@elsewhere.test' })
    const first = await rig.query(`SELECT FROM queued_recipients WHERE lower(address) = 'once@elsewhere.test'`)
    assert.equal(first.length, 1)
    const [answer] = await queuedTo('other@elsewhere.test')
    assert.equal(answer?.sender, '')
    assert.match(answer?.text ?? '', /^Auto-Submitted: auto-replied$/m)
    assert.match(answer?.text ?? '', /^In-Reply-To: <1@x>$/m)
    assert.doesNotMatch(answer?.text ?? '', /^Bcc/im)
  })

  it('never go to lists, bulk mail, programs, null senders or people who wrote to somebody else', async () => {
    await mailboxWith('quiet', vacation)
    const address = 'quiet@infonia.test'
    const to = (fields: string) => ({ sender: 'silent@elsewhere.test', content: letter(address, fields) })
    await send('quiet', to('List-Id: <l.example>\r\n'))
    await send('quiet', to('Precedence: bulk\r\n'))
    await send('quiet', to('Auto-Submitted: auto-generated\r\n'))
    await send('quiet', { ...to(''), sender: '' })
    await send('quiet', { ...to(''), sender: 'mailer-daemon@elsewhere.test' })
    await send('quiet', { sender: 'silent@elsewhere.test', content: letter('list@elsewhere.test') })
    assert.deepEqual(await queuedTo('silent@elsewhere.test'), [])
    assert.deepEqual(await queuedTo('mailer-daemon@elsewhere.test'), [])
  })

  it('end at a hundred in an hour, whoever writes', async () => {
    await mailboxWith('storm', vacation)
    for (let sender = 0; sender < 130; sender += 1) await send('storm', { sender: `s${sender}@storm.test` })
    const [row] = await rig.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM queued_recipients WHERE domain = 'storm.test'`,
    )
    assert.equal(row?.count, 100)
  })
})

describe('refusals by a recipe', () => {
  const rejecting = 'require "ereject"; ereject "Not wanted here";'

  it('are heard in the session when all recipients refuse', async () => {
    const mailboxId = await mailboxWith('rejects', rejecting)
    await assert.rejects(
      send('rejects'),
      (error) => error instanceof RefusedByRecipients && error.text === 'Not wanted here',
    )
    assert.deepEqual(await foldersOf(mailboxId), [])
  })

  it('become a report when others take the message and the sender is confirmed; else the copy is kept', async () => {
    const mailboxId = await mailboxWith('rejects2', rejecting)
    await rig.addMailbox('takes')
    const to = ['rejects2@infonia.test', 'takes@infonia.test']
    await rig.accept({ to, sender: 'real@elsewhere.test', isSenderConfirmed: true })
    assert.match((await queuedTo('real@elsewhere.test'))[0]?.text ?? '', /5\.7\.1/)
    assert.deepEqual(await foldersOf(mailboxId), [])
    await rig.accept({ to, sender: 'forged@elsewhere.test', isSenderConfirmed: false })
    assert.deepEqual(await queuedTo('forged@elsewhere.test'), [])
    assert.deepEqual(await foldersOf(mailboxId), ['INBOX'])
    assert.deepEqual(await reasonsFor(mailboxId), ['recipeRefusalKept'])
  })
})

describe('duplicates', () => {
  it('are known once the first message is delivered', async () => {
    const mailboxId = await mailboxWith('dup', 'require "duplicate"; if duplicate { discard; }')
    await send('dup')
    await send('dup')
    assert.deepEqual(await foldersOf(mailboxId), ['INBOX'])
  })
})

/** What subscribers do to their own account: further addresses, usage by day, taking everything along, and leaving. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe } from 'node:test'
import { cancelClosing, requestClosing } from '#lib/account-closing/request-closing.ts'
import { allowExport, takeExport } from '#lib/account-export/allow-export.ts'
import { exportMailbox } from '#lib/account-export/export-mailbox.ts'
import { addAlias, changeDisplayName, listAliases, removeAlias } from '#lib/accounts/index.ts'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { closeMailboxes } from '#lib/engine/closing/close-mailboxes.ts'
import { warnOfClosing } from '#lib/engine/closing/warn-of-closing.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { siteEnv } from '#lib/env/site.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { addMailbox } from '#lib/provisioning/mailboxes.ts'
import { listUsage } from '#lib/usage/list-usage.ts'
import { sampleUsage } from '#lib/usage/sample-usage.ts'
import { dumpDatabase } from '#tests/support/database-dump.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { portalPassword } from '#tests/support/password.ts'
import { fillMailbox } from '#tests/support/pop3-talk.ts'
import { loggedInClient, sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'
import { readZip } from '#tests/support/zip-reader.ts'

const home = { address: '192.0.2.7', userAgent: 'test' }
const password = portalPassword

const refusedWith = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

const engine = await startEngine()
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako')
const database = openDatabase(engine.databaseUrl, 4)
after(async () => {
  await database.close()
  await engine.stop()
})

describe('one’s own account', () => {
  const table = matrix('own-account', 'What became of addresses, copies and leavers otherwise than promised: nothing')

  beforeEach(async () => {
    await prisma().alias.deleteMany()
    await prisma().releasedAddress.deleteMany()
    await prisma().auditRecord.deleteMany()
    await prisma().loginFailure.deleteMany()
  })

  async function answerTo(address: string): Promise<string> {
    const client = await smtpClient(engine.ports.mx)
    await client.command('MAIL FROM:<x@elsewhere.test>')
    const answer = await client.command(`RCPT TO:<${address}>`)
    client.close()
    return answer.slice(0, 3)
  }

  table.check('an alias receives at once, may be sent from, and is refused at once when it is given up', async () => {
    const { address } = await addAlias(taro.actor, { mailboxId: taro.id, name: 'Taro.Yamada' })
    assert.equal(address, 'taro.yamada@infonia.ne.jp')
    assert.equal(await answerTo(address), '250')
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await sendMessage(client, address, hanako.address), /^250/)
    client.close()
    assert.deepEqual(
      (await listAliases(taro.actor, taro.id)).map((alias) => alias.address),
      [address],
    )
    await removeAlias(taro.actor, { mailboxId: taro.id, address })
    assert.equal(await answerTo(address), '550')
  })

  for (const [what, name] of Object.entries({
    'a mailbox’s': 'hanako',
    'an alias’s': 'taken',
    'given up lately': 'given-up',
    'the provider’s': 'postmaster',
  })) {
    table.check(`an address that is ${what} cannot be had, with the same answer`, async () => {
      await addAlias(hanako.actor, { mailboxId: hanako.id, name: 'taken' })
      await addAlias(hanako.actor, { mailboxId: hanako.id, name: 'given-up' })
      await removeAlias(hanako.actor, { mailboxId: hanako.id, address: 'given-up@infonia.ne.jp' })
      const refusal = addAlias(taro.actor, { mailboxId: taro.id, name })
      await assert.rejects(
        refusal,
        (error) => refusedWith('conflict')(error) && /cannot be had/.test((error as AppError).userMessage.en),
      )
    })
  }

  table.check(
    'an address that was given up comes back to who had it, and to others after the policy’s time',
    async () => {
      const address = 'given-up@infonia.ne.jp'
      const again = () => addAlias(hanako.actor, { mailboxId: hanako.id, name: 'given-up' })
      const release = () => removeAlias(hanako.actor, { mailboxId: hanako.id, address })
      await again()
      await release()
      await again()
      await release()
      await prisma().releasedAddress.updateMany({ data: { releasedAt: new Date(Date.now() - 181 * 86_400_000) } })
      await addAlias(taro.actor, { mailboxId: taro.id, name: 'given-up' })
    },
  )

  for (const name of [
    '',
    'ab',
    '-ab',
    'a..b',
    'a b',
    'a@b',
    '1abc',
    'あいう',
    'ab\r\nc',
    'x'.repeat(31),
    '"a"',
    'a+b',
  ]) {
    table.check(`${JSON.stringify(name).slice(0, 12)} is no name for an alias`, async () => {
      await assert.rejects(addAlias(taro.actor, { mailboxId: taro.id, name }))
      assert.equal(await prisma().alias.count(), 0)
    })
  }

  table.check(
    'there are as many as the policy says, also when asked for at once, and no more guesses than twenty a day',
    async () => {
      const names = Array.from({ length: 8 }, (_, index) => `alias${index}`)
      await Promise.allSettled(names.map((name) => addAlias(taro.actor, { mailboxId: taro.id, name })))
      assert.ok((await prisma().alias.count()) <= 5)
      for (const name of names) await addAlias(taro.actor, { mailboxId: taro.id, name }).catch(() => {})
      assert.equal(await prisma().alias.count(), 5)
      await prisma().alias.deleteMany()
      for (let tries = 0; tries < 20; tries += 1) {
        await addAlias(taro.actor, { mailboxId: taro.id, name: 'hanako' }).catch(() => {})
      }
      await assert.rejects(addAlias(taro.actor, { mailboxId: taro.id, name: 'free' }), refusedWith('too_many_attempts'))
    },
  )

  table.check('nobody else changes them', async () => {
    const { address } = await addAlias(taro.actor, { mailboxId: taro.id, name: 'mine' })
    const mailboxId = taro.id
    await assert.rejects(addAlias(hanako.actor, { mailboxId, name: 'theirs' }), refusedWith('not_found'))
    await assert.rejects(removeAlias(hanako.actor, { mailboxId, address }), refusedWith('not_found'))
    await assert.rejects(removeAlias(hanako.actor, { mailboxId: hanako.id, address }), refusedWith('not_found'))
    await assert.rejects(changeDisplayName(hanako.actor, { mailboxId, displayName: 'x' }), refusedWith('not_found'))
    await assert.rejects(changeDisplayName(taro.actor, { mailboxId, displayName: 'a\r\nBcc: x' }))
  })

  table.check(
    'a day’s sample says how full it is, how much was sent and how often refused, however often it is taken',
    async () => {
      const client = await loggedInClient(engine, hanako.credential)
      await sendMessage(client, hanako.address, taro.address)
      await sendMessage(client, hanako.address, taro.address)
      client.close()
      const refusal = { kind: 'refusal', listener: 'imaps', address: '192.0.2.1', detail: 'x' }
      await prisma().protocolEvent.create({
        data: { ...refusal, at: new Date(), sessionId: crypto.randomUUID(), mailboxId: hanako.id },
      })
      const refused = await prisma().protocolEvent.count({ where: { mailboxId: hanako.id, kind: 'refusal' } })
      const { _sum } = await prisma().sendingCounter.aggregate({
        where: { mailboxId: hanako.id, subject: '' },
        _sum: { recipients: true },
      })
      await sampleUsage(database)
      await prisma().sendingCounter.deleteMany()
      await sampleUsage(database)
      const days = await listUsage(hanako.actor, hanako.id)
      const { usedBytes } = await prisma().mailbox.findUniqueOrThrow({ where: { id: hanako.id } })
      const { day: _day, ...today } = days.at(-1) ?? { day: '' }
      assert.deepEqual(today, { usedBytes: Number(usedBytes), sent: _sum.recipients, refused })
      assert.equal(days.length, 30)
      await assert.rejects(listUsage(taro.actor, hanako.id), refusedWith('not_found'))
    },
  )

  async function archiveOf(owner: typeof taro): Promise<Map<string, Buffer>> {
    const { exportId } = await allowExport(owner.actor, { mailboxId: owner.id, password }, home)
    const mailbox = await takeExport(owner.actor, exportId)
    return readZip(Buffer.from(await new Response(exportMailbox(mailbox)).arrayBuffer()))
  }

  table.check('everything can be taken along: mail as it came, recipes, data, and no secret', async () => {
    await fillMailbox(engine, taro.id, ['Subject: one\r\n\r\nFrom here\r\n', 'Subject: two\r\n\r\nlast\r\n'])
    await prisma().sieveScript.create({ data: { mailboxId: taro.id, name: '../x', content: 'keep;' } })
    const files = await archiveOf(taro)
    const inbox = [...files].find(([name]) => /^mail\/\d+ INBOX\.mbox$/.test(name))?.[1].toString() ?? ''
    assert.match(inbox, /Subject: one\n\n>From here\n\nFrom MAILER-DAEMON .*\n(?:.*\n)*Subject: two/)
    assert.equal(files.get('recipes/01 ___x.sieve')?.toString(), 'keep;')
    const data = files.get('account.json')?.toString() ?? ''
    assert.match(data, /"number": "T-taro"/)
    const { verifier } = await prisma().credential.findUniqueOrThrow({ where: { id: taro.credential.id } })
    for (const secret of [Buffer.from(verifier).toString('base64'), taro.credential.password, 'verifier', 'scram']) {
      assert.ok(!data.includes(secret))
    }
    assert.ok(files.has('activity.jsonl'))
  })

  table.check('a copy is for who typed the password, once, for ten minutes; the owner is told', async () => {
    await assert.rejects(
      allowExport(taro.actor, { mailboxId: taro.id, password: 'wrong' }, home),
      refusedWith('not_signed_in'),
    )
    await assert.rejects(allowExport(hanako.actor, { mailboxId: taro.id, password }, home), refusedWith('not_found'))
    const allow = () => allowExport(taro.actor, { mailboxId: taro.id, password }, home)
    const { exportId } = await allow()
    await assert.rejects(takeExport(hanako.actor, exportId), refusedWith('not_found'))
    const takers = await Promise.allSettled(Array.from({ length: 5 }, () => takeExport(taro.actor, exportId)))
    assert.equal(takers.filter(({ status }) => status === 'fulfilled').length, 1)
    const late = await allow()
    await prisma().accountExport.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } })
    await assert.rejects(takeExport(taro.actor, late.exportId), refusedWith('not_found'))
    assert.equal(await prisma().auditRecord.count({ where: { action: 'mailbox.export', mailboxId: taro.id } }), 1)
  })

  const closing = { mailboxId: 0, password, understood: ['on' as const] }
  const leave = (owner: typeof taro) => requestClosing(owner.actor, { ...closing, mailboxId: owner.id }, home)

  table.check(
    'leaving takes the password and a waiting time in which mail arrives and it can be called off',
    async () => {
      await assert.rejects(
        requestClosing(taro.actor, { ...closing, mailboxId: taro.id, password: 'wrong' }, home),
        refusedWith('not_signed_in'),
      )
      await assert.rejects(
        requestClosing(taro.actor, { ...closing, mailboxId: hanako.id }, home),
        refusedWith('not_found'),
      )
      const closesAt = await leave(taro)
      assert.equal(Math.round((closesAt.getTime() - Date.now()) / 86_400_000), 14)
      await assert.rejects(leave(taro), refusedWith('conflict'))
      await closeMailboxes(database, secretsEnv().masterKey)
      assert.equal(await answerTo(taro.address), '250')
      await cancelClosing(taro.actor, { mailboxId: taro.id })
      await assert.rejects(cancelClosing(taro.actor, { mailboxId: taro.id }), refusedWith('conflict'))
    },
  )

  table.check('two letters warn of it, each once', async () => {
    const letters: string[] = []
    const putNotice = async (_: unknown, letter: { content: Buffer }) => {
      letters.push(letter.content.toString())
      return () => {}
    }
    const run = () => warnOfClosing({ database, putNotice, site: siteEnv(), portalUrl: 'http://portal.test' }, 14)
    const dueIn = async (hours: number) =>
      prisma().mailbox.update({ where: { id: taro.id }, data: { closesAt: new Date(Date.now() + hours * 3_600_000) } })
    const counts: number[] = []
    for (const hours of [14 * 24 - 1, 8 * 24, 6 * 24, 5 * 24, 23, 2]) {
      await dueIn(hours)
      await run()
      await run()
      counts.push(letters.length)
    }
    assert.deepEqual(counts, [0, 0, 1, 1, 2, 2])
    assert.match(letters[0] ?? '', /infonia\.ne\.jp/)
    await prisma().mailbox.update({ where: { id: taro.id }, data: { closesAt: null, closingWarnings: 0 } })
  })

  table.check('after it nothing is left: no mail, no address, no sign-in; others cannot have the address', async () => {
    const leaver = await engine.addMailbox('leaver')
    await addAlias(leaver.actor, { mailboxId: leaver.id, name: 'leavers-alias' })
    await fillMailbox(engine, leaver.id, ['Subject: canary-subject\r\n\r\ncanary-body\r\n'])
    const client = await loggedInClient(engine, leaver.credential)
    await sendMessage(client, leaver.address, 'canary-friend@elsewhere.test')
    await leave(leaver)
    await prisma().mailbox.update({ where: { id: leaver.id }, data: { closesAt: new Date(Date.now() - 1_000) } })
    await closeMailboxes(database, secretsEnv().masterKey)
    assert.equal(await answerTo(leaver.address), '550')
    await client.rest()
    const over = { mailboxId: leaver.id, kind: 'sessionEnded' }
    await eventually(async () => assert.equal(await prisma().protocolEvent.count({ where: over }), 1))
    await closeMailboxes(database, secretsEnv().masterKey)
    const dump = await dumpDatabase(engine.databaseUrl)
    for (const trace of [
      'canary-subject',
      'canary-body',
      'canary-friend',
      leaver.address,
      'leavers-alias',
      leaver.credential.username,
    ]) {
      assert.ok(!dump.includes(trace), trace)
    }
    assert.ok(dump.includes(`mailbox:${leaver.id}`), 'the audit trail still says that there was one')
    assert.equal(await answerTo(leaver.address), '550')
    await assert.rejects(addAlias(taro.actor, { mailboxId: taro.id, name: 'leaver' }), refusedWith('conflict'))
    const { customerId } = hanako.actor
    const again = { customerId, address: leaver.address, displayName: 'x' }
    await assert.rejects(addMailbox(engine.operator, again), refusedWith('conflict'))
    assert.equal(await prisma().portalAccount.count({ where: { id: leaver.actor.accountId } }), 0)
    assert.equal(await prisma().mailbox.count({ where: { id: taro.id } }), 1)
  })
})

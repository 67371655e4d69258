/** POP before SMTP over both doors: no right is granted that no login gave. Time passes by moving windows into the past. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, describe } from 'node:test'
import { chooseSendingMethod, issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { openDatabase } from '#lib/db/database.ts'
import { prisma } from '#lib/db/prisma.ts'
import { closeAllRelayWindows } from '#lib/engine/auth/relay-windows.ts'
import { currentPolicy, defaultPolicy, type PolicyDocument } from '#lib/policy/index.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { TestSubscriber } from '#tests/support/mailbox.ts'
import { matrix } from '#tests/support/matrix.ts'
import { changePolicy } from '#tests/support/people.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { beginMessage, sendMessage, smtpClient, submissionClient } from '#tests/support/smtp-talk.ts'

type Person = TestSubscriber

const MANY = 1_000_000
const NO_WINDOW = /^530 5\.7\.0 Receive your mail from pop\.infonia\.ne\.jp first/
const NOT_OFFERED = /^530 5\.7\.0 .*smtpa\.infonia\.ne\.jp with SMTP AUTH\. See .*\/g\/P3\r\n$/

const engine = await startEngine({ workers: 2 })
after(() => engine.stop())
const taro = await engine.addMailbox('taro', { popBeforeSmtp: true })
const jiro = await engine.addMailbox('jiro', { popBeforeSmtp: true })
const saburo = await engine.addMailbox('saburo', { popBeforeSmtp: true })
const shiro = await engine.addMailbox('shiro')

describe('POP before SMTP', () => {
  let lastOctet = 1

  afterEach(() => prisma().relayWindow.deleteMany())

  const newAddress = () => {
    lastOctet += 1
    return `127.0.0.${lastOctet}`
  }

  async function plainClient(address: string): Promise<Pop3Client> {
    const client = await Pop3Client.connectPlainly(engine, address)
    await client.ask('STLS')
    await client.wire.startTls(engine.authorityFile)
    return client
  }

  async function receive(person: Person, address: string, password = person.credential.password): Promise<string> {
    const client = await plainClient(address)
    await client.ask(`USER ${person.login}`)
    const answer = await client.ask(`PASS ${password}`)
    await client.quit()
    return answer
  }

  /** The reply to MAIL from this address, asked twice: the two connections may reach different workers. */
  async function asked(sender: string, address: string): Promise<string> {
    const replies = []
    for (let count = 0; count < 2; count += 1) {
      const client = await smtpClient(engine.ports.smtp, address)
      replies.push(await client.command(`MAIL FROM:<${sender}>`))
      client.close()
    }
    assert.equal(replies[0], replies[1])
    return replies[0] ?? ''
  }

  const passTime = (seconds: number) =>
    prisma().$executeRaw`UPDATE relay_windows SET opened_at = opened_at - make_interval(secs => ${seconds}),
                                                  expires_at = expires_at - make_interval(secs => ${seconds})`
  const openTo = (person: Person, address: string) =>
    prisma().$executeRaw`INSERT INTO relay_windows (mailbox_id, address, credential_id, expires_at)
      VALUES (${person.id}, ${address}::inet, ${person.credential.id}::uuid, now() + interval '10 minutes')`

  /** Runs under a changed policy and then under the one before. */
  async function under(change: (rules: PolicyDocument['popBeforeSmtp']) => void, work: () => Promise<void>) {
    const { document } = await currentPolicy()
    await changePolicy(engine.operator, ({ popBeforeSmtp }) => change(popBeforeSmtp))
    try {
      await work()
    } finally {
      await changePolicy(engine.operator, (later) => Object.assign(later, document))
    }
  }

  const cases = matrix('pop-before-smtp', 'Rights to send that no login gave: none')

  cases.check('1 only a completed login opens a window', async () => {
    const address = newAddress()
    assert.match(await receive(taro, address, 'wrong'), /^-ERR/)
    assert.match(await asked(taro.address, address), NO_WINDOW)
    assert.match(await receive(taro, address), /^\+OK/)
    assert.match(await asked(taro.address, address), /^250 /)
  })

  cases.check('2 a window is for exactly one address', async () => {
    await receive(taro, newAddress())
    assert.match(await asked(taro.address, newAddress()), NO_WINDOW)
  })

  cases.check('3 a window closes after 600 seconds', async () => {
    const address = newAddress()
    await receive(taro, address)
    await passTime(595)
    assert.match(await asked(taro.address, address), /^250 /)
    await passTime(6)
    assert.match(await asked(taro.address, address), NO_WINDOW)
  })

  cases.check('4 a new login renews it', async () => {
    const address = newAddress()
    await receive(taro, address)
    await passTime(601)
    await receive(taro, address)
    assert.match(await asked(taro.address, address), /^250 /)
  })

  cases.check('5 sending does not renew it', async () => {
    const address = newAddress()
    await receive(taro, address)
    await passTime(590)
    const client = await smtpClient(engine.ports.smtp, address)
    assert.match(await sendMessage(client, taro.address, jiro.address), /^250 /)
    await beginMessage(client, taro.address, jiro.address)
    await passTime(20)
    client.send(`From: <${taro.address}>\r\n\r\nbegun in time\r\n.\r\n`)
    assert.match(await client.reply(), /^250 /)
    client.close()
    assert.match(await asked(taro.address, address), NO_WINDOW)
  })

  cases.check('6 half a login, CAPA, NOOP or a mailbox in use opens none', async () => {
    const address = newAddress()
    for (const commands of [
      ['CAPA'],
      ['NOOP'],
      ['USER taro'],
      ['USER taro', 'PASS wrong'],
      ['AUTH PLAIN AHRhcm8Ad3Jvbmc='],
    ]) {
      const client = await plainClient(address)
      for (const command of commands) await (command === 'CAPA' ? client.askLines(command) : client.ask(command))
      client.close()
    }
    const holder = await Pop3Client.login(engine, taro.credential)
    assert.match(await receive(taro, address), /^-ERR \[IN-USE\]/)
    await holder.quit()
    assert.match(await asked(taro.address, address), NO_WINDOW)
  })

  cases.check('7 it closes when the mailbox is suspended', async () => {
    const address = newAddress()
    await receive(taro, address)
    const suspendedAt = (at: Date | null) =>
      prisma().mailbox.update({ where: { id: taro.id }, data: { suspendedAt: at } })
    await suspendedAt(new Date())
    assert.match(await asked(taro.address, address), NO_WINDOW)
    await suspendedAt(null)
  })

  cases.check('8 it closes when its credential is revoked or expires', async () => {
    const { credential, password } = await issueCredential(taro.actor, {
      mailboxId: taro.id,
      label: 'window',
      clientId: null,
      scopes: ['pop'],
      expiresAt: null,
    })
    const address = newAddress()
    const expiry = (expiresAt: Date | null) =>
      prisma().credential.update({ where: { id: credential.id }, data: { expiresAt } })
    await receive(taro, address, password)
    assert.match(await asked(taro.address, address), /^250 /)
    await expiry(new Date(Date.now() - 1_000))
    assert.match(await asked(taro.address, address), NO_WINDOW)
    await expiry(null)
    await revokeCredential(taro.actor, { credentialId: credential.id })
    assert.match(await asked(taro.address, address), NO_WINDOW)
  })

  cases.check('9 the sender must be an address of who opened it', async () => {
    const address = newAddress()
    await receive(taro, address)
    for (const sender of [jiro.address, saburo.address, 'someone@elsewhere.example', '']) {
      assert.match(await asked(sender, address), /^553 5\.7\.1 /, sender)
    }
  })

  cases.check('10 two people behind one address send each as themselves, a third one not', async () => {
    const address = newAddress()
    await receive(taro, address)
    await receive(jiro, address)
    assert.match(await asked(taro.address, address), /^250 /)
    assert.match(await asked(jiro.address, address), /^250 /)
    assert.match(await asked(saburo.address, address), /^553 5\.7\.1 /)
  })

  cases.check('11 a window is used up by what is sent through it', async () => {
    await under(
      (rules) => {
        rules.maxMessagesPerWindow = 1
      },
      async () => {
        const address = newAddress()
        const send = async () => {
          const client = await smtpClient(engine.ports.smtp, address)
          const answer = await sendMessage(client, taro.address, jiro.address)
          client.close()
          return answer
        }
        await eventually(async () => {
          await prisma().relayWindow.deleteMany()
          await receive(taro, address)
          assert.match(await send(), /^250 /)
          assert.match(
            await send(),
            /^450 4\.7\.1 Enough sent for now: receive your mail from pop\.infonia\.ne\.jp again/,
          )
        })
        await receive(taro, address)
        assert.match(await send(), /^250 /)
      },
    )
  })

  cases.check('12 an address that three mailboxes share has no window, but people receive there', async () => {
    const address = newAddress()
    await receive(taro, address)
    assert.match(await asked(taro.address, address), /^250 /)
    await receive(jiro, address)
    assert.match(await receive(shiro, address), /^\+OK/)
    assert.match(await asked(taro.address, address), /^250 /, 'who sends by SMTP AUTH does not count')
    assert.match(await receive(saburo, address), /^\+OK/)
    assert.match(await asked(taro.address, address), NOT_OFFERED)
    assert.match(await receive(taro, address), /^\+OK/)
    assert.match(await asked(taro.address, address), NOT_OFFERED)
    await eventWhere({ reason: 'relayWindowNotOffered', mailboxId: taro.id })
    await prisma().$executeRaw`UPDATE address_uses SET at = at - interval '25 hours'`
    await receive(taro, address)
    assert.match(await asked(taro.address, address), /^250 /)
  })

  const refusedFrom = (list: 'sharedNetworks' | 'proxyNetworks', address: string) =>
    under(
      (rules) => {
        rules[list] = [address]
      },
      async () => {
        // Each worker hears of the policy by itself.
        await eventually(async () => {
          await prisma().relayWindow.deleteMany()
          assert.match(await receive(taro, address), /^\+OK/)
          assert.equal(await prisma().relayWindow.count(), 0)
          assert.match(await asked(taro.address, address), NOT_OFFERED)
        })
      },
    )

  cases.check('12 a pool of CGN, MAP-E or DS-Lite has none', () => refusedFrom('sharedNetworks', newAddress()))
  cases.check('12 100.64.0.0/10 is such a pool by default', async () => {
    assert.deepEqual(defaultPolicy.popBeforeSmtp.sharedNetworks, ['100.64.0.0/10'])
  })
  cases.check('13 our own proxies have none', () => refusedFrom('proxyNetworks', newAddress()))

  cases.check('14 an address that somebody claims is not believed', async () => {
    const [owner, thief] = [newAddress(), newAddress()]
    await receive(taro, owner)
    for (const claim of [`PROXY TCP4 ${owner} 127.0.0.1 4000 25`, `XCLIENT ADDR=${owner}`, `XFORWARD ADDR=${owner}`]) {
      const client = await smtpClient(engine.ports.smtp, thief)
      assert.match(await client.command(claim), /^500 /)
      assert.match(await client.command(`MAIL FROM:<${taro.address}>`), NO_WINDOW)
      client.close()
    }
  })

  cases.check('15 a lease that changes hands is bounded by the ten minutes', async () => {
    const address = newAddress()
    await receive(taro, address)
    const { openedAt, expiresAt } = await prisma().relayWindow.findFirstOrThrow({ where: { mailboxId: taro.id } })
    assert.equal(expiresAt.getTime() - openedAt.getTime(), 600_000)
  })

  cases.check('16 an IPv4-mapped address is its IPv4 address', async () => {
    const address = newAddress()
    await openTo(taro, address)
    assert.match(await asked(taro.address, address), /^250 /)
    await prisma().relayWindow.deleteMany()
    await openTo(taro, `::ffff:${address}`)
    assert.match(await asked(taro.address, address), NO_WINDOW, 'windows are written in canonical form only')
  })

  cases.check('17 a neighbour in the same network is refused', async () => {
    const [one, neighbour] = [newAddress(), newAddress()]
    await receive(taro, one)
    assert.match(await asked(taro.address, neighbour), NO_WINDOW)
  })

  cases.check('18 it is good for smtp alone', async () => {
    await receive(taro, '127.0.0.1')
    const submission = await submissionClient(engine)
    assert.match(await submission.command(`MAIL FROM:<${taro.address}>`), /^530 5\.7\.0 Authentication required/)
    submission.close()
    const mx = await smtpClient(engine.ports.mx)
    await mx.command(`MAIL FROM:<${taro.address}>`)
    assert.match(await mx.command('RCPT TO:<someone@elsewhere.example>'), /^550 5\.7\.1 .*smtpa\.infonia\.ne\.jp/)
    mx.close()
  })

  cases.check('19 outside our own lines it is not offered', async () => {
    const [ours, foreign] = [newAddress(), newAddress()]
    await under(
      (rules) => {
        rules.accessNetworks = [ours]
      },
      async () => {
        await eventually(async () => assert.match(await asked(taro.address, foreign), NOT_OFFERED))
        await receive(taro, foreign)
        assert.match(await asked(taro.address, foreign), NOT_OFFERED)
        await receive(taro, ours)
        assert.match(await asked(taro.address, ours), /^250 /)
      },
    )
  })

  cases.check('20 a clock that jumps lengthens no window beyond its end', async () => {
    const address = newAddress()
    // Each worker hears by itself that the policy of the case before rules no more.
    await eventually(async () => {
      await receive(taro, address)
      assert.match(await asked(taro.address, address), /^250 /)
      await passTime(3_600)
      assert.match(await asked(taro.address, address), NO_WINDOW)
    })
  })

  cases.check('21 a start of the service closes all', async () => {
    const address = newAddress()
    await receive(taro, address)
    const database = openDatabase(engine.databaseUrl, 1)
    await closeAllRelayWindows(database)
    await database.close()
    assert.match(await asked(taro.address, address), NO_WINDOW)
  })

  cases.check('22 a million windows fill no memory of ours', async () => {
    const address = newAddress()
    const residentKib = () =>
      engine.workers.map(({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]))
    const before = residentKib()
    await prisma().$transaction(
      async (transaction) => {
        await transaction.$executeRaw`SET LOCAL session_replication_role = replica`
        await transaction.$executeRaw`INSERT INTO relay_windows (mailbox_id, address, credential_id, expires_at)
          SELECT ${jiro.id}, '10.0.0.0'::inet + n, ${jiro.credential.id}::uuid, now() + interval '10 minutes'
          FROM generate_series(1, ${MANY}) AS n`
      },
      { timeout: 60_000 },
    )
    await receive(taro, address)
    assert.match(await asked(taro.address, address), /^250 /)
    assert.match(await asked(jiro.address, address), /^553 /)
    for (const [index, now] of residentKib().entries()) assert.ok(now - (before[index] ?? 0) < 262_144, `${now} KiB`)
  })

  cases.check('23 the record and the Received field say by what right', async () => {
    const address = newAddress()
    await receive(taro, address)
    const client = await smtpClient(engine.ports.smtp, address)
    assert.match(await sendMessage(client, taro.address, saburo.address), /^250 /)
    client.close()
    const message = await prisma().message.findFirstOrThrow({ where: { mailboxId: saburo.id } })
    const trace = Buffer.from(message.prefix).toString()
    assert.match(trace, /authorized by POP before SMTP/)
    assert.doesNotMatch(trace, new RegExp(taro.credential.username))
    const opened = await eventWhere({ kind: 'relayWindowOpened', mailboxId: taro.id, address })
    const accepted = await eventWhere({ kind: 'accepted', listener: 'smtp', mailboxId: taro.id, address })
    assert.equal(accepted.credentialId, opened.credentialId)
  })

  cases.check('24 only who asked for it has it, until they leave it', async () => {
    const address = newAddress()
    assert.match(await receive(shiro, address), /^\+OK/)
    assert.match(await asked(shiro.address, address), NO_WINDOW)
    await receive(taro, address)
    await chooseSendingMethod(taro.actor, { mailboxId: taro.id, method: 'SMTP_AUTH' })
    assert.match(await asked(taro.address, address), NO_WINDOW)
    await chooseSendingMethod(taro.actor, { mailboxId: taro.id, method: 'POP_BEFORE_SMTP' })
  })
})

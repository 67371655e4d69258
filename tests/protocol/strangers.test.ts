/** Mail from hosts that nobody knows: DNS lists and greylisting, against a name server of our own. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { after, beforeEach, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { openBlocklists, queryName } from '#lib/engine/strangers/blocklists.ts'
import { startNameServer } from '#tests/support/dns-server.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

const zone = {
  'A 2.0.0.127.reject.example': ['127.0.0.2'],
  'A 3.0.0.127.defer.example': ['127.0.0.10'],
  'A 4.0.0.127.mark.example': ['127.0.0.4'],
  'A 5.0.0.127.reject.example': ['127.255.255.254'],
  'A 6.0.0.127.reject.example': ['192.0.2.1'],
  'A 7.0.0.127.reject.example': ['127.0.0.1'],
  'A 9.0.0.127.reject.example': ['127.0.0.2'],
  'TXT known.example': ['v=spf1 ip4:127.0.0.0/8 -all'],
}

const dns = await startNameServer(zone)
const engine = await startEngine({
  environment: { RESOLVER: `127.0.0.1:${dns.port}` },
  policy: ({ inbound, strangers }) => {
    inbound.trustedNetworks = []
    strangers.rejectLists = ['reject.example']
    strangers.deferLists = ['defer.example']
    strangers.markLists = ['mark.example']
    strangers.knownNetworks = ['127.0.0.9']
    strangers.greylisting = true
  },
})
const taro = await engine.addMailbox('taro')
after(async () => {
  await engine.stop()
  await dns.stop()
})

describe('mail from strangers', () => {
  beforeEach(async () => {
    await prisma().message.deleteMany()
    await prisma().greylistTriplet.deleteMany()
  })

  async function mailFrom(address: string): Promise<string> {
    const client = await smtpClient(engine.ports.mx, address)
    const answer = await client.command('MAIL FROM:<a@known.example>')
    client.close()
    return answer
  }

  async function send(address: string, sender: string, extra = ''): Promise<string> {
    const client = await smtpClient(engine.ports.mx, address)
    const answer = await sendMessage(
      client,
      sender,
      taro.address,
      `${extra}From: <${sender}>\r\nSubject: x\r\n\r\nhello\r\n`,
    )
    client.close()
    return answer
  }

  const stored = async () => {
    const { prefix, mailboxId, bodyId } = await prisma().message.findFirstOrThrow({ where: { mailboxId: taro.id } })
    const body = await prisma().body.findUniqueOrThrow({ where: { mailboxId_id: { mailboxId, id: bodyId } } })
    return { prefix: Buffer.from(prefix).toString(), content: Buffer.from(body.content).toString() }
  }

  const passTime = (seconds: number) =>
    prisma().$executeRaw`UPDATE greylist_triplets SET first_at = first_at - make_interval(secs => ${seconds})`

  const cases = matrix('strangers', 'Strangers who were taken for friends, and friends who were kept out: none')

  cases.check('an address on a list that refuses hears which, and what to do', async () => {
    assert.match(
      await mailFrom('127.0.0.2'),
      /^550 5\.7\.1 Your address is listed by reject\.example: have it removed there, or send through your provider\r\n$/,
    )
    await eventWhere({ reason: 'blocklisted', address: '127.0.0.2' })
  })

  cases.check('an address on a list that defers is asked to try later', async () => {
    assert.match(await mailFrom('127.0.0.3'), /^450 4\.7\.1 .*defer\.example/)
  })

  cases.check('an address on a list that marks is accepted, and the mark cannot be forged', async () => {
    assert.match(await send('127.0.0.4', 'a@known.example', 'X-Blocklisted: forged.example\r\n'), /^250 /)
    const { prefix, content } = await stored()
    assert.match(prefix, /^X-Blocklisted: mark\.example\r$/m)
    assert.doesNotMatch(content, /forged/)
  })

  for (const [what, address] of [
    ['127.255.255.x, which says that the list does not answer us', '127.0.0.5'],
    ['an address of a domain that was sold', '127.0.0.6'],
    ['127.0.0.1, which no list may name', '127.0.0.7'],
    ['nothing', '127.0.0.8'],
  ] as const) {
    cases.check(`no listing is ${what}`, async () => assert.match(await mailFrom(address), /^250 /))
  }

  cases.check('a host that the operator trusts is not looked up', async () => {
    assert.match(await mailFrom('127.0.0.9'), /^250 /)
    assert.equal(
      dns.questions.some((question) => question.startsWith('A 9.0.0.127.')),
      false,
    )
  })

  cases.check('a list that never answers stops nothing', async () => {
    const silent = createSocket('udp4')
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve))
    const find = openBlocklists({ host: '127.0.0.1', port: silent.address().port })
    assert.deepEqual(await find('192.0.2.1', ['dead.example']), [])
    silent.close()
  })

  cases.check('addresses are asked for backwards, in octets or nibbles', async () => {
    assert.equal(queryName('192.0.2.99'), '99.2.0.192')
    assert.equal(queryName('::ffff:192.0.2.99'), '99.2.0.192')
    assert.equal(queryName('2001:db8::1'), `1${'.0'.repeat(23)}.8.b.d.0.1.0.0.2`)
  })

  cases.check('a host that comes for the first time is asked to come again, and then known', async () => {
    assert.match(
      await send('127.0.0.10', 'a@nobody.example'),
      /^451 4\.7\.1 We do not know you yet, try again in 5 minutes/,
    )
    await passTime(250)
    assert.match(await send('127.0.0.10', 'a@nobody.example'), /^451 4\.7\.1 /)
    await passTime(60)
    assert.match(await send('127.0.0.11', 'a@nobody.example'), /^250 /, 'its neighbour may come instead')
    assert.match(await send('127.0.0.10', 'b@nobody.example'), /^451 /, 'another sender is another matter')
    const kept = await prisma().greylistTriplet.findMany()
    assert.ok(kept.length === 2 && kept.every(({ digest }) => digest.length === 16))
  })

  cases.check('a host that SPF or the operator confirms is let in at once', async () => {
    assert.match(await send('127.0.0.12', 'a@known.example'), /^250 /)
    assert.match(await send('127.0.0.9', 'a@nobody.example'), /^250 /)
  })

  async function tryNames(address: string, count: number): Promise<string[]> {
    const client = await smtpClient(engine.ports.mx, address)
    await client.command('MAIL FROM:<a@known.example>')
    const answers: string[] = []
    for (let name = 0; name < count; name += 1) {
      answers.push((await client.command(`RCPT TO:<name${name}@infonia.ne.jp>`)).slice(0, 9))
    }
    client.close()
    return answers
  }

  const untilCounted = (origin: string, unknown: number) =>
    eventually(async () => {
      const row = await prisma().unknownRecipientCount.findUniqueOrThrow({ where: { origin } })
      assert.equal(row.unknown, unknown)
    })

  cases.check(
    'a host that tries names is put off for a day after the thirty-fifth, over all its connections',
    async () => {
      for (let connection = 0; connection < 3; connection += 1) await tryNames('127.0.0.20', 11)
      await untilCounted('127.0.0.20', 33)
      assert.deepEqual(await tryNames('127.0.0.20', 4), ['550 5.1.1', '550 5.1.1', '450 4.7.1', '450 4.7.1'])
      assert.match(
        await mailFrom('127.0.0.20'),
        /^450 4\.7\.1 Too many recipients that do not exist .* in 24 hours\r\n$/,
      )
      assert.match(await mailFrom('127.0.0.21'), /^250 /, 'its neighbour has done nothing')
      await eventWhere({ reason: 'addressHarvesting', address: '127.0.0.20' })
    },
  )

  cases.check('of a host that is put off, names that exist hear the same', async () => {
    const client = await smtpClient(engine.ports.mx, '127.0.0.22')
    await client.command('MAIL FROM:<a@known.example>')
    for (let name = 0; name < 18; name += 1) await client.command(`RCPT TO:<name${name}@infonia.ne.jp>`)
    client.close()
    assert.deepEqual((await tryNames('127.0.0.22', 17)).at(-1), '550 5.1.1')
    const again = await smtpClient(engine.ports.mx, '127.0.0.22')
    assert.match(await again.command('MAIL FROM:<a@known.example>'), /^450 4\.7\.1 /)
    assert.match(await again.command(`RCPT TO:<${taro.address}>`), /^503 /)
    again.close()
  })

  cases.check('a host that delivers more than it asks for in vain goes on, and one that is known', async () => {
    for (let letter = 0; letter < 41; letter += 1) {
      assert.match(await send('127.0.0.23', 'a@known.example'), /^250 /)
    }
    for (const address of ['127.0.0.23', '127.0.0.9']) {
      for (let connection = 0; connection < 4; connection += 1) await tryNames(address, 10)
      assert.match(await mailFrom(address), /^250 /, address)
    }
  })

  cases.check('a day later a host is no longer put off', async () => {
    await untilCounted('127.0.0.20', 35)
    await prisma().$executeRaw`UPDATE unknown_recipient_counts SET began_at = began_at - interval '24 hours 1 second'`
    await eventually(async () => assert.match(await mailFrom('127.0.0.20'), /^250 /))
  })
})

import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { createForwarding } from '#lib/engine/delivery/forwarding/forward-message.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const foreign = 'someone@example.com'

const engine = await startEngine({
  policy: ({ inbound }) => {
    inbound.maxMessageBytes = 65_536
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('mx: mail from outside', () => {
  it('delivers to a hosted mailbox, whatever the case of the address', async () => {
    const client = await smtpClient(engine.ports.mx)
    assert.match(await sendMessage(client, foreign, 'Taro@INFONIA.ne.jp'), /^250 2\.0\.0 /)
    assert.match(await sendMessage(client, '', taro.address), /^250 2\.0\.0 /)
    client.close()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 2)
  })

  it('has no AUTH and says where it is', async () => {
    const client = await WireClient.connect({ port: engine.ports.mx })
    await client.reply()
    assert.doesNotMatch(await client.command('EHLO x'), /AUTH/)
    assert.match(await client.command('AUTH PLAIN AGEAYg=='), /^503 5\.5\.1 .*smtpa\.infonia\.ne\.jp/)
    client.close()
  })

  it('refuses an unknown recipient in the session and shows the harvester the door', async () => {
    const client = await smtpClient(engine.ports.mx)
    await client.command(`MAIL FROM:<${foreign}>`)
    assert.match(await client.command('RCPT TO:<nobody@infonia.ne.jp>'), /^550 5\.1\.1 /)
    for (let name = 2; name < 20; name += 1) await client.command(`RCPT TO:<nobody${name}@infonia.ne.jp>`)
    client.send('RCPT TO:<last@infonia.ne.jp>\r\n')
    assert.match(await client.rest(), /550 5\.1\.1 .*\r\n421 4\.7\.0 /)
    await eventWhere({ reason: 'unknownRecipient' })
  })

  it('takes reports about forwarded mail back to its sender, and nothing else for other hosts', async () => {
    const forwarding = createForwarding({
      masterKey: secretsEnv().masterKey,
      hostedDomains: [],
      signingKeys: async () => [],
      now: () => new Date(),
    })
    const wrapped = forwarding.forwardedEnvelope(foreign, 'infonia.ne.jp')
    const client = await smtpClient(engine.ports.mx)
    await client.command(`MAIL FROM:<${foreign}>`)
    assert.match(await client.command(`RCPT TO:<${wrapped}>`), /^550 5\.1\.1 /)
    await client.command('RSET')
    await client.command('MAIL FROM:<>')
    const forged = wrapped.replace('=someone@', '=other@')
    assert.match(await client.command(`RCPT TO:<${forged}>`), /^550 5\.1\.1 /)
    await client.command('RSET')
    assert.match(await sendMessage(client, '', wrapped), /^250 2\.0\.0 /)
    client.close()
    const queued = await prisma().queuedRecipient.findMany({ include: { message: true } })
    assert.deepEqual(
      queued.map(({ address, message }) => [address, message.sender]),
      [[foreign, '']],
    )
  })

  it('answers a full mailbox in the session', async () => {
    const full = await engine.addMailbox('full')
    await prisma().mailbox.update({ where: { id: full.id }, data: { usedBytes: 2n ** 31n } })
    const client = await smtpClient(engine.ports.mx)
    await client.command(`MAIL FROM:<${foreign}>`)
    assert.match(await client.command(`RCPT TO:<${full.address}>`), /^452 4\.2\.2 /)
    client.close()
  })

  it('refuses a message that is too large, announced or not, and goes on', async () => {
    const client = await smtpClient(engine.ports.mx)
    assert.match(await client.command(`MAIL FROM:<${foreign}> SIZE=65537`), /^552 5\.3\.4 .*\/g\/M1/)
    assert.match(
      await sendMessage(client, foreign, taro.address, `Subject: x\r\n\r\n${'x'.repeat(70_000)}\r\n`),
      /^552 5\.3\.4 /,
    )
    assert.match(await sendMessage(client, foreign, taro.address), /^250 /)
    client.close()
  })

  it('stops a message that goes round in circles', async () => {
    const client = await smtpClient(engine.ports.mx)
    const circling = `${'Received: from a by b; x\r\n'.repeat(101)}\r\nx\r\n`
    assert.match(await sendMessage(client, foreign, taro.address, circling), /^554 5\.4\.6 /)
    client.close()
  })

  const malformed: [string, RegExp][] = [
    ['MAIL FROM:<a b@example.com>', /^501 5\.5\.4 /],
    ['MAIL FROM:<a@b@example.com>', /^553 5\.1\.7 /],
    ['MAIL FROM:<a@example.com> SIZE=abc', /^501 5\.5\.4 /],
    ['MAIL FROM:<a@example.com> XYZ=1', /^555 5\.5\.4 /],
    ['MAIL FROM:<a@example.com>,<b@example.com>', /^501 5\.5\.4 /],
    ['MAIL FROM:<\u00e9@example.com>', /^553 /],
    [`MAIL FROM:<${'x'.repeat(65)}@example.com>`, /^553 /],
    ['MAIL', /^501 /],
    ['MAIL TO:<a@example.com>', /^501 /],
  ]
  for (const [line, expected] of malformed) {
    it(`answers ${JSON.stringify(line).slice(0, 50)}`, async () => {
      const client = await smtpClient(engine.ports.mx)
      assert.match(await client.command(line), expected)
      client.close()
    })
  }

  it('is lenient where old clients need it', async () => {
    const client = await smtpClient(engine.ports.mx)
    assert.match(await client.command('MAIL FROM: <a@example.com>'), /^250 /)
    await client.command('RSET')
    assert.match(await client.command('mail from:a@example.com'), /^250 /)
    assert.match(await client.command('RCPT TO:<@relay.example:taro@infonia.ne.jp>'), /^250 /)
    client.close()
  })

  it('answers a bare line feed and goes on', async () => {
    const client = await smtpClient(engine.ports.mx)
    client.send('NOOP\n')
    assert.match(await client.reply(), /^500 5\.5\.2 /)
    assert.match(await client.command('NOOP'), /^250 /)
    client.close()
  })

  it('answers pipelined commands in order and in one go', async () => {
    const client = await smtpClient(engine.ports.mx)
    client.send(
      `MAIL FROM:<${foreign}>\r\nRCPT TO:<${taro.address}>\r\nRCPT TO:<nobody@infonia.ne.jp>\r\nRSET\r\nNOOP\r\n`,
    )
    const codes = []
    for (let count = 0; count < 5; count += 1) codes.push((await client.reply()).slice(0, 3))
    assert.deepEqual(codes, ['250', '250', '550', '250', '250'])
    client.close()
  })
})

/** Open relay, smuggling, injected plaintext: nothing that a stranger sends may leave, or arrive as another's words. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { beginMessage, loggedInClient, sendMessage, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const L = 'infonia.ne.jp'
const R = 'elsewhere.example'
const H = 'mx.infonia.ne.jp'
const IP = '127.0.0.1'

/** sender, recipient, the reply that mx gives to the recipient (or to the sender, where that is refused) */
const relayAttempts: [string, string][] = [
  ['', `x@${R}`],
  [`a@${R}`, `x@${R}`],
  [`a@${H}`, `x@${R}`],
  [`a@[${IP}]`, `x@${R}`],
  [`a@[${IP}]`, `x%${R}@[${IP}]`],
  [`a@[${IP}]`, `x%${R}@${H}`],
  [`a@[${IP}]`, `"x@${R}"`],
  [`a@[${IP}]`, `"x%${R}"`],
  [`a@[${IP}]`, `x@${R}@[${IP}]`],
  [`a@[${IP}]`, `"x@${R}"@[${IP}]`],
  [`a@[${IP}]`, `x@${R}@${H}`],
  [`a@[${IP}]`, `@[${IP}]:x@${R}`],
  [`a@[${IP}]`, `@${H}:x@${R}`],
  [`a@[${IP}]`, `${R}!x`],
  [`a@[${IP}]`, `${R}!x@[${IP}]`],
  [`a@[${IP}]`, `${R}!x@${H}`],
  ['a@localhost', `x@${R}`],
  ['a', `x@${R}`],
  [`taro@${L}`, `x@${R}`],
  [`postmaster@${L}`, `x@${R}`],
  [`a@${R}`, `x%${R}@${L}`],
  [`a@${R}`, `"x@${R}"@${L}`],
  [`a@${R}`, `@${L}:x@${R}`],
  [`a@${R}`, `x@${R}.`],
  [`a@${R}`, 'x@[IPv6:::1]'],
  [`a@${R}`, 'x@[127.0.0.1]'],
  [`a@${R}`, `x@${L}\0@${R}`],
  [`a@${R}`, `x@${L}>,<y@${R}`],
  [`a@${R}`, `x@${L}> <y@${R}`],
  [`a@${R}`, `x@nothosted.${L}`],
  [`a@${R}`, `x\xef\xbc\xa0${R}`],
  [`a@${L}> AUTH=taro@${L} <`, `x@${R}`],
]

const smuggledEnds = [
  '\n.\n',
  '\n.\r\n',
  '\r\n.\n',
  '\r.\r',
  '\r.\n',
  '\r.\r\n',
  '\r\n.\r',
  '\n.\r',
  '\r\n\0.\r\n',
  '\r\n.\0\r\n',
  '\r\n.\r\r\n',
  '\r\r\n.\r\r\n',
  '\n.\r\r\n',
  '\r\n. \r\n',
  '\r\n.\t\r\n',
  '\n\n.\r\n',
]

const injected = ['EHLO x', 'NOOP', 'MAIL FROM:<a@b.example>', 'RSET', 'AUTH PLAIN AGEAYg==', 'QUIT']

describe('attacks by SMTP', () => {
  let engine: TestEngine
  let taro: Awaited<ReturnType<TestEngine['addMailbox']>>

  before(async () => {
    engine = await startEngine()
    taro = await engine.addMailbox('taro')
  })
  after(() => engine.stop())

  const doors = ['mx', 'smtp', 'submission', 'submissions'] as const
  for (const [sender, recipient] of relayAttempts) {
    it(`relays for no stranger: ${JSON.stringify(sender)} to ${JSON.stringify(recipient)}`, async () => {
      for (const door of doors) {
        const client = door === 'submissions' ? await submissionsClient(engine) : await smtpClient(engine.ports[door])
        await client.command(`MAIL FROM:<${sender}>`)
        const answer = await client.command(`RCPT TO:<${recipient}>`)
        assert.match(answer, /^5\d\d 5\./, `${door}: ${answer}`)
        assert.match(await client.command('DATA'), /^5/, door)
        client.close()
      }
      assert.equal(await prisma().queuedMessage.count(), 0)
    })
  }

  it('does relay for the person who may', async () => {
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await sendMessage(client, taro.address, `x@${R}`), /^250 /)
    client.close()
    assert.equal(await prisma().queuedMessage.count(), 1)
  })

  for (const greeting of [
    'XCLIENT ADDR=127.0.0.1 LOGIN=taro',
    'XFORWARD ADDR=127.0.0.1',
    'PROXY TCP4 127.0.0.1 127.0.0.1 1 2',
  ]) {
    it(`believes no ${greeting.split(' ')[0]}`, async () => {
      const client = await smtpClient(engine.ports.submission)
      assert.match(await client.command(greeting), /^500 /)
      client.close()
    })
  }

  for (const end of smuggledEnds) {
    it(`is not smuggled past by ${JSON.stringify(end)}`, async () => {
      const payload = `From: <${taro.address}>\r\nSubject: a\r\n\r\nfirst${end}MAIL FROM:<admin@${L}>\r\nRCPT TO:<${taro.address}>\r\nDATA\r\nSubject: smuggled\r\n\r\nsecond\r\n.\r\n`
      const padding = `${'x'.repeat(998)}\r\n`.repeat(65)
      const texts = [payload, payload.replace('first', `${padding}first`)]
      for (const text of texts) {
        for (const cut of [text.length, 1]) {
          if (cut === 1 && text.length > 1_000) continue
          for (const open of [() => smtpClient(engine.ports.mx), () => loggedInClient(engine, taro.credential)]) {
            const before = await prisma().message.count()
            const client = await open()
            await beginMessage(client, taro.address, taro.address)
            if (cut === text.length) client.send(text)
            else await client.sendInPieces(text, cut)
            const answer = await client.reply()
            const isBare = /(?<!\r)\n|\r(?!\n)/.test(end)
            assert.match(answer, isBare ? /^550 5\.5\.2 / : /^(250|550 5\.6\.0)/)
            if (isBare) assert.equal(await client.rest(), '')
            else assert.match(await client.command('NOOP'), /^250 /)
            client.close()
            assert.ok((await prisma().message.count()) - before <= 1)
          }
        }
      }
      assert.equal(await prisma().message.count({ where: { envelope: { contains: 'smuggled' } } }), 0)
    })
  }

  for (const command of injected) {
    it(`answers nothing that was injected behind STARTTLS: ${command}`, async () => {
      for (const text of [`STARTTLS\r\n${command}\r\n`, `STARTTLS\n${command}\r\n`]) {
        const client = await smtpClient(engine.ports.submission)
        client.send(text)
        if (text.startsWith('STARTTLS\r')) assert.equal(await client.rest(), '')
        else assert.match(await client.reply(), /^500 5\.5\.2 /)
        client.close()
      }
      const apart = await smtpClient(engine.ports.submission)
      await apart.command('STARTTLS')
      apart.send(`${command}\r\n`)
      assert.doesNotMatch(await apart.rest(), /^\d\d\d/)
    })
  }

  it('forgets what was said before TLS', async () => {
    const client = await WireClient.connect({ port: engine.ports.mx })
    await client.reply()
    await client.command('EHLO x')
    await client.command('MAIL FROM:<a@example.com>')
    await client.command('STARTTLS')
    await client.startTls(engine.authorityFile)
    assert.match(await client.command(`RCPT TO:<${taro.address}>`), /^503 /)
    assert.match(await client.command('MAIL FROM:<a@example.com>'), /^503 /)
    assert.match(await client.command('EHLO x'), /^250-/)
    assert.match(await client.command('STARTTLS'), /^503 /)
    client.close()
  })
})

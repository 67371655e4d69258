/** Clients that talk out of turn, too much or another protocol; and a client beside them that must notice nothing. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startProbe } from '#tests/support/probe.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const foreign = 'someone@example.com'
const flooder = '127.0.0.66'
const crowd = '127.0.0.67'
const inClear = ['mx', 'smtp', 'submission', 'submissionLegacy', 'pop3', 'imap'] as const
const inTls = ['submissions', 'pop3s', 'imaps'] as const
const requests = [
  'GET / HTTP/1.1\r\nHost: mail\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: mail\r\nContent-Length: 40\r\n\r\nEHLO x\r\nMAIL FROM:<a@b.example>\r\nQUIT\r\n',
  'CONNECT mail:25 HTTP/1.1\r\nHost: mail\r\n\r\nEHLO x\r\n',
]

const engine = await startEngine({
  policy: ({ connections }) => {
    connections.unlimitedNetworks = ['127.0.0.1']
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const probe = await startProbe(engine, taro.credential)

describe('protocols under abuse', () => {
  const cases = matrix('protocol-abuse', 'Abuse that ended a process, or was obeyed: none')

  cases.check('talk before the greeting is answered after it, in order', async () => {
    const client = await WireClient.connect({ port: engine.ports.mx })
    client.send(`EHLO x\r\nMAIL FROM:<${foreign}>\r\nRCPT TO:<${taro.address}>\r\nQUIT\r\n`)
    const codes = (await client.rest()).match(/^\d{3}(?= )/gm)
    assert.deepEqual(codes, ['220', '250', '250', '250', '221'])
  })

  cases.check('text before the 354 is refused, and nothing of it is stored or obeyed', async () => {
    const client = await smtpClient(engine.ports.mx)
    client.send(
      `MAIL FROM:<${foreign}>\r\nRCPT TO:<${taro.address}>\r\nDATA\r\nSubject: x\r\n\r\nNOOP\r\n.\r\nMAIL FROM:<>\r\n`,
    )
    const answers = await client.rest()
    assert.match(answers, /\r\n554 5\.5\.0 [^\r\n]*\r\n$/)
    assert.equal(answers.match(/^250/gm)?.length, 2)
    assert.equal(await prisma().message.count(), 0)
  })

  for (const command of ['NOOP', 'RSET', 'VRFY taro', 'EHLO x', 'HELO x', 'HELP']) {
    cases.check(`a thousand times ${command} in one packet`, async () => {
      const client = await smtpClient(engine.ports.mx)
      client.send(`${command}\r\n`.repeat(1_000))
      const answers = await client.rest()
      assert.match(answers, /\r\n421 4\.7\.0 [^\r\n]*\r\n$/)
      assert.ok((answers.match(/^2\d\d /gm)?.length ?? 0) <= 100)
    })
  }

  cases.check('a thousand times what is no command', async () => {
    const client = await smtpClient(engine.ports.mx)
    client.send('HUH\r\n'.repeat(1_000))
    const answers = await client.rest()
    assert.match(answers, /\r\n421 4\.7\.0 [^\r\n]*\r\n$/)
    assert.equal(answers.match(/^500 /gm)?.length, 20)
  })

  cases.check('a thousand IMAP commands in one packet are answered one by one', async () => {
    const client = await ImapClient.login(engine, taro.credential)
    client.wire.send(`${Array.from({ length: 1_000 }, (_, index) => `n${index} NOOP\r\n`).join('')}z LOGOUT\r\n`)
    const answers = (await client.wire.rest()).match(/^\w+ OK/gm)
    assert.equal(answers?.length, 1_001)
    assert.equal(answers?.[999], 'n999 OK')
  })

  cases.check('of 1,001 recipients the first thousand are kept', async () => {
    const client = await smtpClient(engine.ports.mx)
    await client.command(`MAIL FROM:<${foreign}>`)
    client.send(`RCPT TO:<${taro.address}>\r\n`.repeat(1_001))
    for (let count = 0; count < 1_000; count += 1) assert.match(await client.reply(), /^250 2\.1\.5 /)
    assert.match(await client.reply(), /^452 4\.5\.3 /)
    await client.command('DATA')
    assert.match(await client.command('Subject: many\r\n\r\nx\r\n.'), /^250 /)
    client.close()
    assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 1)
  })

  cases.check('who goes on naming recipients beyond the limit is shown the door', async () => {
    const client = await smtpClient(engine.ports.mx)
    await client.command(`MAIL FROM:<${foreign}>`)
    client.send(`RCPT TO:<${taro.address}>\r\n`.repeat(2_100))
    const answers = (await client.rest()).trimEnd().split('\r\n')
    assert.deepEqual([answers.length, answers.at(-1)?.slice(0, 10)], [2_001, '421 4.7.0 '])
  })

  cases.check('what follows QUIT is not answered', async () => {
    const client = await smtpClient(engine.ports.mx)
    client.send('QUIT\r\nNOOP\r\nMAIL FROM:<>\r\nxyz')
    assert.match(await client.rest(), /^221 [^\r\n]*\r\n$/)
  })

  cases.check('a bare CR in a command is part of its argument, and never ends it', async () => {
    const client = await smtpClient(engine.ports.mx)
    assert.match(await client.command(`MAIL FROM:<${foreign}>\rRCPT TO:<${taro.address}>`), /^501 /)
    assert.match(await client.command(`NOOP\rMAIL FROM:<${foreign}>`), /^500 /)
    assert.match(await client.command(`RCPT TO:<${taro.address}>`), /^503 /)
    client.close()
  })

  cases.check('of a thousand connections within a minute the first three hundred are served', async () => {
    const answers: string[] = []
    for (let count = 0; count < 1_000; count += 1) {
      const client = await WireClient.connect({ port: engine.ports.mx, localAddress: flooder })
      answers.push(await client.reply())
      client.close()
    }
    const served = answers.filter((answer) => answer.startsWith('220 '))
    assert.equal(served.length, 300)
    assert.ok(answers.slice(300).every((answer) => answer.startsWith('421 4.7.0 Too many connections')))
  })

  cases.check('of forty connections at once thirty are served', async () => {
    const clients = []
    const answers: string[] = []
    for (let count = 0; count < 40; count += 1) {
      const client = await WireClient.connect({ port: engine.ports.mx, localAddress: crowd })
      clients.push(client)
      answers.push(await client.reply())
    }
    assert.deepEqual(
      answers.map((answer) => answer.slice(0, 3)),
      [...Array(30).fill('220'), ...Array(10).fill('421')],
    )
    for (const client of clients) client.close()
  })

  for (const listener of inClear) {
    cases.check(`a browser that was sent to ${listener}`, async () => {
      for (const request of requests) {
        const client = await WireClient.connect({ port: engine.ports[listener] })
        await client.until(/\r\n/)
        client.send(request)
        const answers = await client.rest()
        assert.match(answers, /^(?:421 4\.7\.0|-ERR|\* BAD)[^\r\n]*\r\n$/)
      }
    })
  }

  for (const listener of inTls) {
    cases.check(`a browser without TLS that was sent to ${listener}`, async () => {
      for (const request of requests) {
        const client = await WireClient.connect({ port: engine.ports[listener] })
        client.send(request)
        assert.doesNotMatch(await client.rest(), /^(?:\d{3} |[+*] |-ERR)/m)
      }
    })
  }

  it('answered a probe all the while, and still takes mail', async (context) => {
    await probe.stop(context)
    assert.ok(engine.workers.every(({ exitCode, signalCode }) => exitCode === null && signalCode === null))
    const client = await smtpClient(engine.ports.mx)
    assert.match(await sendMessage(client, foreign, taro.address), /^250 /)
    client.close()
  })
})

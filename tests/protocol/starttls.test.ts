/**
 * What somebody on the wire says behind STARTTLS is never answered inside TLS (CVE-2011-0411 and its kin), and what was
 * said before TLS counts no more.
 */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, result } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { smtpClient, submissionClient } from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const response = Buffer.from('\0taro\0x').toString('base64')

type Protocol = {
  readonly listener: 'submission' | 'pop3' | 'imap' | 'managesieve'
  readonly startTls: string
  readonly agreed: RegExp
  /** an answer to a command, which must not come */
  readonly answer: RegExp
  readonly injected: readonly string[]
  /** a harmless command and its answer inside TLS */
  readonly ping: readonly [string, RegExp]
}

const protocols: Record<string, Protocol> = {
  SMTP: {
    listener: 'submission',
    startTls: 'STARTTLS',
    agreed: /^220 .*\r\n/,
    answer: /^(?:250|221|235|334|5\d\d)/m,
    injected: ['EHLO x', 'NOOP', 'MAIL FROM:<a@b.example>', 'RSET', `AUTH PLAIN ${response}`, 'QUIT'],
    ping: ['RSET', /^250 .*\r\n/],
  },
  POP3: {
    listener: 'pop3',
    startTls: 'STLS',
    agreed: /^\+OK.*\r\n/,
    answer: /^(?:\+OK(?! Begin TLS)|-ERR)/m,
    injected: ['CAPA', 'USER taro', 'NOOP', 'QUIT', `AUTH PLAIN ${response}`],
    ping: ['USER taro', /^\+OK .*\r\n/],
  },
  IMAP: {
    listener: 'imap',
    startTls: 'a STARTTLS',
    agreed: /^a OK.*\r\n/,
    answer: /^(?:b |\+ )/m,
    injected: [
      'b NOOP',
      'b CAPABILITY',
      'b LOGIN taro x',
      `b AUTHENTICATE PLAIN ${response}`,
      'b LOGOUT',
      'b LOGIN {4}\r\ntaro {1}\r\nx',
    ],
    ping: ['c NOOP', /^c OK .*\r\n/],
  },
  ManageSieve: {
    listener: 'managesieve',
    startTls: 'STARTTLS',
    agreed: /^OK "Begin TLS"\r\n/m,
    answer: /^(?:OK(?! "Begin TLS")|NO)/m,
    injected: ['NOOP', 'CAPABILITY', 'LISTSCRIPTS', `AUTHENTICATE "PLAIN" "${response}"`, 'LOGOUT'],
    ping: ['NOOP', /^OK "Done"\r\n/],
  },
}

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('STARTTLS', () => {
  async function connect({ listener }: Protocol): Promise<WireClient> {
    const client = await WireClient.connect({ port: engine.ports[listener] })
    await client.until(listener === 'managesieve' ? /^OK .*ready"\r\n/m : /\r\n/)
    return client
  }

  /** A command, or only its beginning, in the packet of STARTTLS. */
  async function injectBehind(protocol: Protocol, text: string): Promise<void> {
    const client = await connect(protocol)
    client.send(`${protocol.startTls}\r\n${text}`)
    assert.doesNotMatch(await client.rest(), protocol.answer)
  }

  /** STARTTLS that ends with LF alone is none; the next one begins a session that knows nothing of what came between. */
  async function injectBehindLineFeed(protocol: Protocol, text: string): Promise<void> {
    const client = await connect(protocol)
    client.send(`${protocol.startTls}\n`)
    assert.doesNotMatch(await client.until(/\r\n/), protocol.agreed)
    client.send(`${protocol.startTls}\r\n`)
    await client.until(protocol.agreed)
    await client.startTls(engine.authorityFile)
    if (protocol.listener === 'submission') await client.command('EHLO x')
    if (protocol.listener === 'managesieve') await client.until(/^OK "TLS is on"\r\n/m)
    const [command, answer] = protocol.ping
    client.send(`${command}\r\n`)
    assert.match(await client.until(/\r\n/), answer)
    client.close()
    await injectBehind(protocol, text.replaceAll('\r\n', '\n'))
  }

  /** In clear, after the server agreed and before the handshake. */
  async function injectBeforeHandshake(protocol: Protocol, text: string): Promise<void> {
    const client = await connect(protocol)
    client.send(`${protocol.startTls}\r\n`)
    await client.until(protocol.agreed)
    client.send(text)
    await assert.rejects(client.startTls(engine.authorityFile))
    assert.doesNotMatch(await client.rest(), protocol.answer)
  }

  const cases = matrix('starttls-injection', 'Commands from before TLS that were answered inside it: none')
  for (const [name, protocol] of Object.entries(protocols)) {
    for (const command of protocol.injected) {
      cases.check(`${name}: ${JSON.stringify(command)} in the same packet`, async () => {
        await injectBehind(protocol, `${command}\r\n`)
        await injectBehind(protocol, command.slice(0, 3))
      })
    }
  }
  cases.check('line ends of LF alone', async () => {
    for (const protocol of Object.values(protocols)) {
      for (const command of protocol.injected) await injectBehindLineFeed(protocol, `${command}\r\n`)
    }
  })
  cases.check('a packet before the handshake', async () => {
    for (const protocol of Object.values(protocols)) {
      for (const command of protocol.injected) await injectBeforeHandshake(protocol, `${command}\r\n`)
    }
  })

  cases.check('what was said before TLS is forgotten', async () => {
    const smtp = await smtpClient(engine.ports.mx)
    await smtp.command('MAIL FROM:<a@example.com>')
    await smtp.command('STARTTLS')
    await smtp.startTls(engine.authorityFile)
    assert.match(await smtp.command(`RCPT TO:<${taro.address}>`), /^503 /)
    assert.match(await smtp.command('MAIL FROM:<a@example.com>'), /^503 /)
    smtp.close()
    const pop = await Pop3Client.connectPlainly(engine)
    await pop.ask('USER taro')
    await pop.ask('STLS')
    await pop.wire.startTls(engine.authorityFile)
    assert.match(await pop.ask(`PASS ${taro.credential.password}`), /^-ERR /)
    pop.close()
  })
  cases.check('TLS within TLS is refused', async () => {
    const smtp = await submissionClient(engine)
    assert.match(await smtp.command('STARTTLS'), /^503 /)
    smtp.close()
    const pop = await Pop3Client.connect(engine)
    assert.match(await pop.ask('STLS'), /^-ERR /)
    pop.close()
    const imap = await ImapClient.connect(engine)
    assert.equal(result(await imap.ask('STARTTLS')), 'BAD')
    imap.close()
  })
  cases.check('STARTTLS in the middle of a login is a wrong user name', async () => {
    const smtp = await submissionClient(engine)
    await smtp.command('AUTH LOGIN')
    assert.match(await smtp.command('STARTTLS'), /^334 /)
    assert.match(await smtp.command('STARTTLS'), /^5[03][15] /)
    smtp.close()
  })
  cases.check('logins are offered inside TLS only, and nobody is logged in without', async () => {
    for (const [name, protocol] of Object.entries(protocols)) {
      const client = await WireClient.connect({ port: engine.ports[protocol.listener] })
      const greeting = await client.until(/\r\n/)
      assert.doesNotMatch(greeting, /PREAUTH|AUTH=/, name)
      client.send({ SMTP: 'EHLO x\r\n', POP3: 'CAPA\r\n', IMAP: 'a CAPABILITY\r\n' }[name] ?? '')
      const offered = await client.until(/^(?:250 .*|\.|a OK.*|OK .*)\r\n/m)
      assert.doesNotMatch(offered, /AUTH[ =]|^SASL|^USER|"SASL" "[^"]/m, name)
      assert.equal(/LOGINDISABLED/.test(offered), name === 'IMAP')
      client.close()
    }
  })
  cases.check('logins before TLS are refused and say why', async () => {
    const smtp = await smtpClient(engine.ports.submission)
    assert.match(await smtp.command(`AUTH PLAIN ${response}`), /^53[08] 5\.7\./)
    smtp.close()
    const pop = await Pop3Client.connectPlainly(engine)
    assert.match(await pop.ask('USER taro'), /^-ERR /)
    assert.match(await pop.ask(`AUTH PLAIN ${response}`), /^-ERR /)
    pop.close()
    const imap = await ImapClient.connectPlainly(engine)
    assert.equal(result(await imap.ask('LOGIN taro x')), 'NO [PRIVACYREQUIRED]')
    assert.equal(result(await imap.ask(`AUTHENTICATE PLAIN ${response}`)), 'NO [PRIVACYREQUIRED]')
    imap.close()
  })
})

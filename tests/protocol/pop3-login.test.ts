import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { scramClient } from '#tests/support/scram-client.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const refusedLogin = /^-ERR \[AUTH\] User name or password is not right/

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('logging in to POP3', () => {
  const issue = async (scopes: ('submission' | 'pop' | 'imap')[], expiresAt: Date | null = null) => {
    const { credential, password } = await issueCredential(taro.actor, {
      mailboxId: taro.id,
      label: 'test',
      clientId: null,
      scopes,
      expiresAt,
    })
    return { ...credential, password }
  }

  const tryPassword = async (name: string, password: string) => {
    const client = await Pop3Client.connect(engine)
    const named = await client.ask(`USER ${name}`)
    assert.match(named, /^\+OK /)
    const answer = await client.ask(`PASS ${password}`)
    if (answer.startsWith('+OK')) await client.quit()
    else client.close()
    return answer
  }

  it('greets without a stamp, or clients would try APOP', async () => {
    const wire = await WireClient.connect({ port: engine.ports.pop3 })
    const greeting = await wire.until(/\r\n/)
    assert.match(greeting, /^\+OK pop\.infonia\.ne\.jp /)
    assert.doesNotMatch(greeting, /[<>@]/)
    wire.close()
  })

  it('offers no login before TLS, and STLS', async () => {
    const client = await Pop3Client.connectPlainly(engine)
    const before = await client.askLines('CAPA')
    assert.match(before, /\r\nSTLS\r\n/)
    assert.doesNotMatch(before, /\r\n(USER|SASL)/)
    for (const name of ['TOP', 'UIDL', 'RESP-CODES', 'AUTH-RESP-CODE', 'PIPELINING', 'EXPIRE NEVER']) {
      assert.ok(before.includes(`\r\n${name}\r\n`), name)
    }
    assert.match(await client.ask(`USER ${taro.login}`), /^-ERR \[AUTH\] Turn on SSL\/TLS/)
    assert.match(await client.ask(`PASS ${taro.credential.password}`), /^-ERR Send USER first/)
    assert.match(await client.ask('AUTH PLAIN'), /^-ERR \[AUTH\] Turn on SSL\/TLS/)
    assert.match(await client.askLines('AUTH'), /^\+OK [^\r]*\r\n\.\r\n$/)
    assert.match(await client.ask('STAT'), /^-ERR Log in first/)
    assert.match(await client.ask('STLS'), /^\+OK /)
    await client.wire.startTls(engine.authorityFile)
    const inside = await client.askLines('CAPA')
    assert.match(inside, /\r\nUSER\r\n/)
    assert.match(inside, /\r\nSASL PLAIN LOGIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS\r\n/)
    assert.doesNotMatch(inside, /STLS/)
    assert.match(await client.ask('STLS'), /^-ERR TLS is on already/)
    await client.ask(`USER ${taro.login}`)
    assert.match(await client.ask(`PASS ${taro.credential.password}`), /^\+OK 0 messages/)
    await client.quit()
    const event = await eventWhere({ reason: 'tlsRequired', mechanism: null })
    assert.equal(event.listener, 'pop3')
    assert.ok(event.transcript.includes(`C: USER ${taro.login}`))
  })

  it('accepts the user name in every form of the notice', async () => {
    const { username, password } = taro.credential
    const forms = ['taro', 'TARO', 'taro@infonia.ne.jp', 'taro%infonia.ne.jp', 'taro@pop.infonia.ne.jp', username]
    for (const form of forms) assert.match(await tryPassword(form, password), /^\+OK 0 messages/, form)
  })

  it('gives the same answer to an unknown name and to every kind of wrong password', async () => {
    const revoked = await issue(['pop'])
    await revokeCredential(taro.actor, { credentialId: revoked.id })
    const sending = await issue(['submission'])
    const expired = await issue(['pop'])
    await prisma().credential.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1_000) } })
    const answers = [
      await tryPassword('taro', 'wrong'),
      await tryPassword('nobody', taro.credential.password),
      await tryPassword('taro', ''),
      await tryPassword('taro', ' '),
      await tryPassword('taro', 'x'.repeat(490)),
      await tryPassword(revoked.username, revoked.password),
      await tryPassword(sending.username, sending.password),
      await tryPassword(expired.username, expired.password),
      await tryPassword('taro@elsewhere.example', taro.credential.password),
    ]
    for (const answer of answers) assert.match(answer, refusedLogin)
    assert.equal(new Set(answers).size, 1)
    for (const reason of ['badCredentials', 'credentialRevoked', 'wrongScope', 'credentialExpired']) {
      const event = await eventWhere({ reason, mailboxId: taro.id })
      assert.equal(event.mechanism, 'USER/PASS')
      const kept = JSON.stringify({ ...event, id: null })
      for (const { password } of [revoked, sending, expired, taro.credential]) assert.ok(!kept.includes(password))
    }
  })

  it('takes a password as people type it', async () => {
    const spoken = taro.credential.password.replaceAll('-', ' ').toUpperCase()
    assert.match(await tryPassword('taro', spoken), /^\+OK 0 messages/)
    assert.match(await tryPassword('taro', ` ${taro.credential.password}`), /^\+OK 0 messages/)
  })

  it('speaks AUTH PLAIN, with and without an initial response', async () => {
    const response = base64(`\0taro\0${taro.credential.password}`)
    for (const command of [`AUTH PLAIN ${response}`, `auth plain ${response}`]) {
      const client = await Pop3Client.connect(engine)
      assert.match(await client.ask(command), /^\+OK 0 messages/)
      await client.quit()
    }
    const client = await Pop3Client.connect(engine)
    client.wire.send('AUTH PLAIN\r\n')
    assert.equal(await client.wire.until(/\r\n/), '+ \r\n')
    assert.match(await client.ask(response), /^\+OK 0 messages/)
    await client.quit()
  })

  it('speaks AUTH LOGIN', async () => {
    const client = await Pop3Client.connect(engine)
    client.wire.send('AUTH LOGIN\r\n')
    assert.equal(await client.wire.until(/\r\n/), '+ VXNlcm5hbWU6\r\n')
    client.wire.send(`${base64('taro')}\r\n`)
    assert.equal(await client.wire.until(/\r\n/), '+ UGFzc3dvcmQ6\r\n')
    assert.match(await client.ask(base64(taro.credential.password)), /^\+OK 0 messages/)
    await client.quit()
  })

  it('speaks AUTH SCRAM-SHA-256 and proves itself to the client', async () => {
    const client = await Pop3Client.connect(engine)
    const scram = scramClient({ name: 'taro', password: taro.credential.password })
    const challenge = async () => Buffer.from((await client.wire.until(/\r\n/)).slice(2), 'base64').toString()
    client.wire.send(`AUTH SCRAM-SHA-256 ${base64(scram.clientFirst)}\r\n`)
    const { clientFinal, serverFinal } = scram.answer(await challenge())
    client.wire.send(`${base64(clientFinal)}\r\n`)
    assert.equal(await challenge(), serverFinal)
    assert.match(await client.ask(''), /^\+OK 0 messages/)
    await client.quit()
    await eventWhere({ kind: 'login', mechanism: 'SCRAM-SHA-256', listener: 'pop3s' })
  })

  it('survives logins that are no logins', async () => {
    const tries: [string, RegExp][] = [
      ['AUTH PLAIN a b', /^-ERR Syntax/],
      ['APOP taro c4c9334bac560ecc979e58001b3e22fb', /^-ERR APOP is not offered here/],
      ['APOP', /^-ERR APOP is not offered here/],
      ['PASS x', /^-ERR Send USER first/],
      ['USER', /^-ERR Syntax/],
    ]
    for (const [command, expected] of tries) {
      const client = await Pop3Client.connect(engine)
      assert.match(await client.ask(command), expected, command)
      assert.match(await client.ask('NOOP'), /^-ERR Log in first/)
      await client.quit()
    }
    const client = await Pop3Client.connect(engine)
    client.wire.send('AUTH PLAIN\r\n')
    await client.wire.until(/\+ \r\n/)
    assert.match(await client.ask('*'), /^-ERR Login cancelled/)
    for (const response of ['dGFybw==\n', `${'A'.repeat(20_000)}\r\n`, '\0\r\n']) {
      client.wire.send('AUTH LOGIN\r\n')
      await client.wire.until(/^\+ .*\r\n/)
      client.wire.send(response)
      assert.match(await client.line(), /^-ERR The login data cannot be read/)
    }
    assert.match(
      await client.askLines('AUTH'),
      /^\+OK [^\r]*\r\nPLAIN\r\nLOGIN\r\nSCRAM-SHA-256\r\nSCRAM-SHA-256-PLUS\r\n\.\r\n$/,
    )
    await client.quit()
  })

  it('understands a login however its bytes arrive', async () => {
    const { password } = taro.credential
    const dialogue = `USER taro\r\nPASS ${password}\r\nQUIT\r\n`
    for (let cut = 1; cut < dialogue.length; cut += 1) {
      const client = await Pop3Client.connect(engine)
      client.wire.send(dialogue.slice(0, cut))
      await delay(2)
      client.wire.send(dialogue.slice(cut))
      assert.match(
        await client.wire.rest(),
        /^\+OK [^\r]*\r\n\+OK 0 messages[^\r]*\r\n\+OK Goodbye\r\n$/,
        `cut at ${cut}`,
      )
    }
    const response = `AUTH PLAIN ${base64(`\0taro\0${password}`)}\r\nQUIT\r\n`
    for (let cut = 1; cut < response.length; cut += 7) {
      const client = await Pop3Client.connect(engine)
      await client.wire.sendInPieces(response, cut)
      assert.match(await client.wire.rest(), /^\+OK 0 messages[^\r]*\r\n\+OK Goodbye\r\n$/, `pieces of ${cut}`)
    }
  })

  it('shows the door after five wrong passwords', async () => {
    const client = await Pop3Client.connect(engine)
    client.wire.send('USER taro\r\nPASS wrong\r\n'.repeat(8))
    const answers = await client.wire.rest()
    assert.equal(answers.match(/-ERR \[AUTH\]/g)?.length, 5)
  })

  it('ends a session when its password is revoked', async (context) => {
    const credential = await issue(['pop'])
    const client = await Pop3Client.login(engine, credential)
    const revokedAt = performance.now()
    await revokeCredential(taro.actor, { credentialId: credential.id })
    assert.match(await client.wire.rest(), /^-ERR \[AUTH\] This password is no longer valid\r\n$/)
    context.diagnostic(`after ${(performance.now() - revokedAt).toFixed()} ms`)
    const event = await eventWhere({ kind: 'sessionEnded', credentialId: credential.id })
    assert.equal(event.detail, 'accessChanged')
  })

  it('ends a session when its password expires', async () => {
    const credential = await issue(['pop'], new Date(Date.now() + 4_000))
    const client = await Pop3Client.login(engine, credential)
    assert.match(await client.wire.rest(), /^-ERR \[AUTH\] /)
  })

  it('ends a session of a mailbox that is suspended, and lets nobody in', async () => {
    const hana = await engine.addMailbox('hana')
    const client = await Pop3Client.login(engine, hana.credential)
    await prisma().mailbox.update({ where: { id: hana.id }, data: { suspendedAt: new Date() } })
    await prisma().$executeRaw`SELECT pg_notify('access_changed', ${String(hana.id)})`
    assert.match(await client.wire.rest(), /^-ERR \[AUTH\] /)
    assert.match(await tryPassword('hana', hana.credential.password), /^-ERR \[AUTH\] This mailbox is suspended/)
  })

  it('records who came, from where, how and what was said, without the password', async () => {
    const credential = await issue(['pop'])
    const client = await Pop3Client.login(engine, credential)
    await client.ask('STAT')
    await client.quit()
    const login = await eventWhere({ kind: 'login', credentialId: credential.id })
    assert.deepEqual(
      [login.listener, login.address, login.mailboxId, login.loginName, login.mechanism, login.tlsVersion],
      ['pop3s', '127.0.0.1', taro.id, credential.username, 'USER/PASS', 'TLSv1.3'],
    )
    assert.deepEqual(login.transcript.slice(1), [
      `C: USER ${credential.username}`,
      'S: +OK Now the password',
      'C: PASS (not shown)',
    ])
    const ended = await eventWhere({ kind: 'sessionEnded', sessionId: login.sessionId })
    assert.deepEqual(ended.transcript, [
      'S: +OK 0 messages (0 octets)',
      'C: STAT',
      'S: +OK 0 0',
      'C: QUIT',
      'S: +OK Goodbye',
    ])
    await eventually(async () => {
      const { lastUsedVia, lastUsedAddress } = await prisma().credential.findUniqueOrThrow({
        where: { id: credential.id },
      })
      assert.deepEqual([lastUsedVia, lastUsedAddress], ['pop3', '127.0.0.1'])
    })
  })
})

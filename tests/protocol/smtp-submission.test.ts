import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import {
  beginMessage,
  loggedInClient,
  plainResponse,
  sendMessage,
  smtpClient,
  submissionsClient,
} from '#tests/support/smtp-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const jiro = await engine.addMailbox('jiro')

describe('smtpa: submission with SMTP AUTH', () => {
  it('offers AUTH only inside TLS', async () => {
    const client = await WireClient.connect({ port: engine.ports.submission })
    await client.reply()
    const before = await client.command('EHLO x')
    assert.match(before, /250-STARTTLS\r\n/)
    assert.doesNotMatch(before, /AUTH/)
    assert.match(await client.command('AUTH PLAIN'), /^530 5\.7\.0 /)
    assert.match(await client.command('STARTTLS'), /^220 /)
    await client.startTls(engine.authorityFile)
    const inside = await client.command('EHLO x')
    assert.match(inside, /250-AUTH PLAIN LOGIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS\r\n/)
    assert.doesNotMatch(inside, /STARTTLS|AUTH=/)
    client.close()
  })

  it('offers the AUTH= form on the legacy listener only', async () => {
    const client = await WireClient.connect({ port: engine.ports.submissionLegacy })
    await client.reply()
    await client.command('EHLO x')
    await client.command('STARTTLS')
    await client.startTls(engine.authorityFile)
    assert.match(await client.command('EHLO x'), /250-AUTH PLAIN LOGIN\r\n250-AUTH=PLAIN LOGIN\r\n/)
    client.close()
  })

  it('accepts the user name in every form of the notice', async () => {
    const { username, password } = taro.credential
    const forms = [username, 'taro', 'taro@infonia.ne.jp', 'taro%infonia.ne.jp', `${username}@infonia.ne.jp`, 'TARO']
    for (const form of [...forms, `${username}%infonia.ne.jp`, 'taro@pop.infonia.ne.jp']) {
      const client = await submissionsClient(engine)
      assert.match(await client.command(`AUTH PLAIN ${plainResponse(form, password)}`), /^235 2\.7\.0 /, form)
      client.close()
    }
  })

  it('speaks AUTH LOGIN as old clients expect', async () => {
    const client = await submissionsClient(engine)
    assert.equal(await client.command('AUTH LOGIN'), '334 VXNlcm5hbWU6\r\n')
    assert.equal(await client.command(Buffer.from('taro').toString('base64')), '334 UGFzc3dvcmQ6\r\n')
    assert.match(await client.command(Buffer.from(taro.credential.password).toString('base64')), /^235 /)
    assert.match(await client.command('AUTH LOGIN'), /^503 5\.5\.1 /)
    client.close()
    const other = await submissionsClient(engine)
    assert.equal(await other.command(`auth login ${Buffer.from('taro').toString('base64')}`), '334 UGFzc3dvcmQ6\r\n')
    assert.match(await other.command('*'), /^501 /)
    other.close()
  })

  it('delivers what it accepted, with a Received field that tells no account', async () => {
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await sendMessage(client, taro.address, jiro.address), /^250 2\.0\.0 /)
    client.close()
    const message = await prisma().message.findFirstOrThrow({ where: { mailboxId: jiro.id } })
    const prefix = Buffer.from(message.prefix).toString()
    assert.match(prefix, /^Return-Path: <taro@infonia\.ne\.jp>\r\nDelivered-To: jiro@infonia\.ne\.jp\r\nReceived: /)
    assert.match(prefix, /with ESMTPSA id/)
    assert.ok(!prefix.includes(taro.credential.username))
    const body = await prisma().body.findFirstOrThrow({ where: { mailboxId: jiro.id } })
    assert.match(Buffer.from(body.content).toString(), /^Date: .*\r\nMessage-ID: <.*>\r\nFrom: <taro@infonia\.ne\.jp>/)
  })

  it('refuses a sender that is not the own one, in the envelope and in From', async () => {
    const client = await loggedInClient(engine, taro.credential)
    assert.match(await client.command(`MAIL FROM:<${jiro.address}>`), /^553 5\.7\.1 /)
    assert.match(await client.command('MAIL FROM:<>'), /^553 5\.7\.1 /)
    const forged = `From: Jiro <${jiro.address}>\r\nSubject: x\r\n\r\nx\r\n`
    assert.match(await sendMessage(client, taro.address, jiro.address, forged), /^553 5\.7\.1 /)
    const twice = `From: <${taro.address}>\r\nFrom: <x@example.com>\r\n\r\nx\r\n`
    assert.match(await sendMessage(client, taro.address, jiro.address, twice), /^553 5\.7\.1 /)
    client.close()
  })

  it('refuses a message that shows another customer as its sender, wherever it names them', async () => {
    const client = await loggedInClient(engine, taro.credential)
    const own = `From: <${taro.address}>`
    const crowd = `From: ${`<${taro.address}>,`.repeat(100)}<${jiro.address}>`
    const forged = [
      ...[`${own}\r\nSender: <${jiro.address}>`, `${own}\r\nResent-From: <${jiro.address}>`],
      ...[`${own}\r\nResent-Sender: Jiro <${jiro.address}>`, crowd],
      `From: "${jiro.address}": ${taro.address};`,
      `${own}\r\nFrom${' '.repeat(300)}: <${jiro.address}>`,
      `From: \x1b$B <${jiro.address}> \x1b(B <${taro.address}>`,
    ]
    for (const header of forged) {
      const text = `${header}\r\nSubject: x\r\n\r\nx\r\n`
      assert.match(await sendMessage(client, taro.address, jiro.address, text), /^553 5\.7\.1 /, header.slice(0, 80))
    }
    const honest = `${own}\r\nSender: taro@pc-98.localdomain\r\nResent-From: <${taro.address}>\r\n\r\nx\r\n`
    assert.match(await sendMessage(client, taro.address, jiro.address, honest), /^250 /)
    client.close()
  })

  it('takes no part of a name for an address, whatever signs are encoded in it', async () => {
    const client = await loggedInClient(engine, taro.credential)
    for (const name of ['=?utf-8?Q?Taro=2C_Yamada?=', '=?utf-8?Q?Taro_=3Cx=40example=2Ecom=3E?=', 'Taro, Yamada']) {
      const text = `From: ${name} <${taro.address}>\r\nSubject: x\r\n\r\nx\r\n`
      assert.match(await sendMessage(client, taro.address, jiro.address, text), /^250 /, name)
    }
    client.close()
  })

  it('wants a login before MAIL and says where to turn it on', async () => {
    const client = await submissionsClient(engine)
    const answer = await client.command(`MAIL FROM:<${taro.address}>`)
    assert.match(answer, /^530 5\.7\.0 .*SMTP AUTH.*smtpa\.infonia\.ne\.jp.*\/g\/A1\r\n$/)
    client.close()
    const event = await eventWhere({ reason: 'authenticationRequired' })
    assert.deepEqual([event.replyCode, event.mailboxId], ['530', taro.id], 'the owner of the address sees it')
  })

  it('gives a wrong, revoked, expired and out-of-scope password the same words, and the owner the cause', async () => {
    const issue = (scopes: ('submission' | 'pop' | 'imap')[]) =>
      issueCredential(taro.actor, { mailboxId: taro.id, label: 'x', clientId: null, scopes, expiresAt: null })
    const revoked = await issue(['submission'])
    await revokeCredential(taro.actor, { credentialId: revoked.credential.id })
    const expired = await issue(['submission'])
    await prisma().credential.update({
      where: { id: expired.credential.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    })
    const popOnly = await issue(['pop'])
    const cases: [string, string, string][] = [
      ['taro', 'wrong', 'badCredentials'],
      ['nobody', 'wrong', 'badCredentials'],
      ['taro', revoked.password, 'credentialRevoked'],
      ['taro', expired.password, 'credentialExpired'],
      ['taro', popOnly.password, 'wrongScope'],
    ]
    const answers = new Set<string>()
    for (const [name, password, reason] of cases) {
      const client = await submissionsClient(engine)
      const answer = await client.command(`AUTH PLAIN ${plainResponse(name, password)}`)
      assert.match(answer, /^535 5\.7\.8 /)
      answers.add(answer)
      client.close()
      const event = await eventWhere({ reason, loginName: name })
      assert.equal(event.mailboxId, name === 'nobody' ? null : taro.id)
      assert.ok(!JSON.stringify(event.transcript).includes(password))
    }
    assert.equal(answers.size, 1)
  })

  it('shows the door after five wrong passwords, and says why', async () => {
    const client = await submissionsClient(engine)
    client.send(`AUTH PLAIN ${plainResponse('taro', 'wrong')}\r\n`.repeat(8))
    assert.match(await client.rest(), /^(?:535 5\.7\.8 [^\r]*\r\n){5}421 4\.7\.0 Too many failed logins[^\r]*\r\n$/)
  })

  it('challenges an unknown name by SCRAM as it does a known one', async () => {
    const challenge = async (name: string) => {
      const client = await submissionsClient(engine)
      const first = Buffer.from(`n,,n=${name},r=fyko+d2lbbFgONRv9qkxdawL`).toString('base64')
      const answer = await client.command(`AUTH SCRAM-SHA-256 ${first}`)
      client.close()
      const text = Buffer.from(answer.slice(4), 'base64').toString()
      return /^r=fyko\+d2lbbFgONRv9qkxdawL\S+,s=([^,]+),i=(\d+)$/.exec(text)?.slice(1) ?? []
    }
    const [known, unknown] = [await challenge('taro'), await challenge('nobody')]
    assert.equal(unknown[0]?.length, known[0]?.length)
    assert.equal(unknown[1], known[1])
    assert.deepEqual(await challenge('NOBODY@infonia.ne.jp'), unknown, 'a salt that changed would tell')
    assert.notEqual((await challenge('nobody2'))[0], unknown[0])
  })

  it('ends a live session when the credential is revoked', async (context) => {
    const { credential, password } = await issueCredential(taro.actor, {
      mailboxId: taro.id,
      label: 'lost phone',
      clientId: null,
      scopes: ['submission'],
      expiresAt: null,
    })
    const client = await loggedInClient(engine, { ...credential, password })
    const writing = await loggedInClient(engine, { ...credential, password })
    await beginMessage(writing, taro.address, jiro.address)
    const revokedAt = Date.now()
    await revokeCredential(taro.actor, { credentialId: credential.id })
    assert.match(await client.reply(), /^421 4\.7\.0 /)
    context.diagnostic(`after ${Date.now() - revokedAt} ms`)
    writing.send('Subject: x\r\n\r\nx\r\n.\r\n')
    assert.match(await writing.reply(), /^421 4\.7\.0 /)
    client.close()
    writing.close()
  })

  it('keeps commands in order', async () => {
    const client = await WireClient.connectTls({ port: engine.ports.submissions }, engine.authorityFile)
    await client.reply()
    const cases: [string, RegExp][] = [
      ['MAIL FROM:<taro@infonia.ne.jp>', /^503 5\.5\.1 /],
      ['AUTH PLAIN', /^503 5\.5\.1 /],
      ['EHLO', /^501 /],
      ['EHLO x', /^250-/],
      ['RCPT TO:<jiro@infonia.ne.jp>', /^503 /],
      ['DATA', /^503 /],
      [`AUTH PLAIN ${plainResponse('taro', taro.credential.password)}`, /^235 /],
      ['STARTTLS', /^503 /],
      ['MAIL FROM:<taro@infonia.ne.jp>', /^250 /],
      ['MAIL FROM:<taro@infonia.ne.jp>', /^503 /],
      ['DATA', /^554 5\.5\.1 /],
      ['RCPT TO:<nobody@infonia.ne.jp>', /^550 5\.1\.1 /],
      ['RCPT TO:<a@b@infonia.ne.jp>', /^501 5\.1\.3 /],
      ['RSET', /^250 /],
      ['RCPT TO:<jiro@infonia.ne.jp>', /^503 /],
      ['AUTH NTLM', /^503 /],
      ['VRFY taro', /^252 /],
      ['EXPN list', /^502 /],
      ['XYZZY', /^500 5\.5\.1 /],
      ['QUIT', /^221 2\.0\.0 /],
    ]
    for (const [line, expected] of cases) assert.match(await client.command(line), expected, line)
    await client.rest()
  })

  it('takes each command split at every byte', async () => {
    const lines = ['NOOP', 'RSET', `MAIL FROM:<${taro.address}> BODY=8BITMIME`, `RCPT TO:<${jiro.address}>`]
    const client = await loggedInClient(engine, taro.credential)
    for (const line of lines) {
      for (let cut = 1; cut <= line.length + 1; cut += 1) {
        const text = `${line}\r\n`
        client.send(text.slice(0, cut))
        await new Promise((resolve) => setImmediate(resolve))
        client.send(text.slice(cut))
        assert.match(await client.reply(), /^250 /, `${line} cut at ${cut}`)
        if (line.startsWith('MAIL')) await client.command('RSET')
        if (line.startsWith('MAIL') && cut === line.length + 1) await client.command(line)
      }
    }
    client.close()
  })

  it('accepts raw JIS and Shift_JIS in headers untouched', async () => {
    const client = await loggedInClient(engine, taro.credential)
    const raw = `From: <${taro.address}>\r\nSubject: \x1b$B$3$s\x1b(B \x83e\x83X\x83g\r\n\r\n\x83e\r\n`
    assert.match(await sendMessage(client, taro.address, taro.address, raw), /^250 /)
    client.close()
    const body = await prisma().body.findFirstOrThrow({ where: { mailboxId: taro.id }, orderBy: { id: 'desc' } })
    assert.ok(Buffer.from(body.content).toString('latin1').endsWith(raw))
  })

  it('accepts names in EHLO that no standard knows', async () => {
    const client = await smtpClient(engine.ports.submission)
    for (const name of ['MY_PC', 'localhost', '[127.0.0.1]', '\x83p\x83\\\x83R\x83\x93', '"><script>']) {
      assert.match(await client.command(`EHLO ${name}`), /^250-/)
    }
    client.close()
  })
})

import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { issueCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { scramClient } from '#tests/support/scram-client.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const REPLY = /^(?:OK|NO|BYE)\b.*\r\n/m
const plain = (name: string, password: string) => Buffer.from(`\0${name}\0${password}`).toString('base64')
const literal = (text: string) => `{${Buffer.byteLength(text)}+}\r\n${text}`

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const mailboxId = taro.id
const address = taro.address
const issue = async (scopes: ('sieve' | 'imap')[]) => {
  const issued = { mailboxId: taro.id, label: 'x', clientId: null, scopes, expiresAt: null }
  const { credential, password } = await issueCredential(taro.actor, issued)
  return { credentialId: credential.id, username: credential.username, password }
}
const loginOf = ({ username, password }: typeof own) => `AUTHENTICATE "PLAIN" "${plain(username, password)}"`
const own = await issue(['sieve'])
const login = loginOf(own)
const foreign = loginOf(await issue(['imap']))

describe('ManageSieve', () => {
  async function connect(): Promise<WireClient> {
    const client = await WireClient.connect({ port: engine.ports.managesieve })
    await client.until(REPLY)
    client.send('STARTTLS\r\n')
    await client.until(REPLY)
    await client.startTls(engine.authorityFile)
    await client.until(REPLY)
    return client
  }
  async function ask(client: WireClient, command: string): Promise<string> {
    client.send(Buffer.from(`${command}\r\n`).toString('latin1'))
    return Buffer.from(await client.until(REPLY), 'latin1').toString()
  }
  async function signedIn(): Promise<WireClient> {
    const client = await connect()
    assert.match(await ask(client, login), /^OK/)
    return client
  }

  it('offers no login before TLS, and what it knows', async () => {
    const client = await WireClient.connect({ port: engine.ports.managesieve })
    const greeting = await client.until(REPLY)
    assert.match(greeting, /^"SASL" ""\r$/m)
    assert.match(greeting, /^"STARTTLS"\r$/m)
    assert.match(greeting, /^"SIEVE" "fileinto reject .*"\r$/m)
    assert.match(await ask(client, login), /^NO \(ENCRYPT-NEEDED\)/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^NO "Log in first"/)
    client.close()
  })

  it('does not gather literals for ever, least of all from a stranger', async () => {
    const client = await WireClient.connect({ port: engine.ports.managesieve })
    await client.until(REPLY)
    client.send(`NOOP ${' {5+}\r\nhello'.repeat(20)}\r\n`)
    assert.match(await client.rest(), /^BYE \(QUOTA\/MAXSIZE\)/)
  })

  it('takes only passwords of its own scope', async () => {
    const client = await connect()
    assert.match(await ask(client, foreign), /^NO "User name or password is not right/)
    assert.match(await ask(client, 'AUTHENTICATE "PLAIN" "?"'), /^NO/)
    client.close()
  })

  it('speaks SCRAM-SHA-256 and proves itself to the client', async () => {
    const client = await connect()
    const scram = scramClient({ name: own.username, password: own.password })
    const base64 = (text: string) => `"${Buffer.from(text).toString('base64')}"`
    const said = async () => {
      const [, text = ''] = /^"([^"]*)"\r\n$/.exec(await client.until(/\r\n/)) ?? []
      return Buffer.from(text, 'base64').toString()
    }
    client.send(`AUTHENTICATE "SCRAM-SHA-256" ${base64(scram.clientFirst)}\r\n`)
    const { clientFinal, serverFinal } = scram.answer(await said())
    client.send(`${base64(clientFinal)}\r\n`)
    assert.equal(await said(), serverFinal)
    assert.match(await ask(client, '""'), /^OK/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^OK/m)
    await eventWhere({ kind: 'login', mechanism: 'SCRAM-SHA-256', listener: 'managesieve' })
    client.close()
  })

  it('UNAUTHENTICATE leads back to before the login, inside the same TLS', async () => {
    const client = await connect()
    assert.match(await ask(client, 'CAPABILITY'), /^"UNAUTHENTICATE"\r$/m)
    assert.match(await ask(client, 'UNAUTHENTICATE'), /^NO "You are not logged in/)
    assert.match(await ask(client, login), /^OK/)
    assert.match(await ask(client, 'UNAUTHENTICATE'), /^OK/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^NO "Log in first"/)
    assert.match(await ask(client, 'CAPABILITY'), /^"SASL" "PLAIN /m)
    assert.match(await ask(client, login), /^OK/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^OK/m)
    client.close()
  })

  it('writes every change down, with the credential that made it', async () => {
    const client = await signedIn()
    await prisma().auditRecord.deleteMany({ where: { mailboxId, actorId: null } })
    for (const command of [
      'PUTSCRIPT "a" "keep;"',
      'SETACTIVE "a"',
      'RENAMESCRIPT "a" "b"',
      'SETACTIVE ""',
      'DELETESCRIPT "b"',
    ])
      assert.match(await ask(client, command), /^OK/)
    for (const command of ['PUTSCRIPT "a" "kepp;"', 'SETACTIVE "none"', 'DELETESCRIPT "none"'])
      assert.match(await ask(client, command), /^NO/)
    const rows = await prisma().auditRecord.findMany({ where: { mailboxId, actorId: null }, orderBy: { id: 'asc' } })
    const { credentialId } = own
    const via = 'managesieve'
    assert.deepEqual(
      rows.map(({ action, details }) => [action, details]),
      [
        ['script.put', { credentialId, label: 'a', via }],
        ['recipes.activate', { credentialId, label: 'a', via }],
        ['script.rename', { credentialId, label: 'a → b', via }],
        ['recipes.activate', { credentialId, label: '', via }],
        ['script.remove', { credentialId, label: 'b', via }],
      ],
    )
    client.close()
  })

  it('asks the readers of new addresses when a script comes into force, once', async () => {
    const client = await signedIn()
    const script = `require "copy"; if true { redirect :copy "New@Outside.Example"; } redirect "${address}";`
    assert.match(await ask(client, `PUTSCRIPT "forwards" ${literal(script)}`), /^OK/)
    assert.equal(await prisma().forwardAddress.count({ where: { mailboxId } }), 0)
    assert.match(await ask(client, 'SETACTIVE "forwards"'), /^OK/)
    assert.match(await ask(client, `PUTSCRIPT "forwards" ${literal(`${script}\r\n`)}`), /^OK/)
    const requests = await prisma().forwardAddress.findMany({ where: { mailboxId } })
    assert.deepEqual(
      requests.map((request) => [request.address, request.verifiedAt]),
      [['new@outside.example', null]],
    )
    const letters = () => prisma().queuedRecipient.count({ where: { address: 'new@outside.example' } })
    await eventually(async () => assert.equal(await letters(), 1))
    client.close()
  })

  it('keeps, lists, activates, renames and deletes scripts; each save is a version', async () => {
    const client = await signedIn()
    await prisma().sieveScript.deleteMany()
    const script = 'require "fileinto";\r\nfileinto "仕事";\r\n'
    assert.match(await ask(client, `PUTSCRIPT "main" ${literal(script)}`), /^OK/)
    assert.match(await ask(client, 'PUTSCRIPT "main" "keep;"'), /^OK/)
    assert.match(await ask(client, `PUTSCRIPT "second" ${literal(script)}`), /^OK/)
    assert.match(await ask(client, 'SETACTIVE "second"'), /^OK/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^"main"\r\n"second" ACTIVE\r\nOK/)
    assert.ok((await ask(client, 'GETSCRIPT "second"')).startsWith(`{${Buffer.byteLength(script)}}\r\n${script}\r\nOK`))
    assert.match(await ask(client, 'DELETESCRIPT "second"'), /^NO \(ACTIVE\)/)
    assert.match(await ask(client, 'RENAMESCRIPT "main" "second"'), /^NO \(ALREADYEXISTS\)/)
    assert.match(await ask(client, 'RENAMESCRIPT "main" "日本語"'), /^OK/)
    assert.match(await ask(client, 'SETACTIVE ""'), /^OK/)
    assert.match(await ask(client, 'DELETESCRIPT "second"'), /^OK/)
    assert.match(await ask(client, 'GETSCRIPT "second"'), /^NO \(NONEXISTENT\)/)
    assert.match(await ask(client, 'LISTSCRIPTS'), /^"日本語"\r\nOK/)
    assert.equal(await prisma().sieveScriptVersion.count({ where: { mailboxId, name: '日本語' } }), 2)
    client.close()
  })

  it('says where a script is wrong, and stores nothing of it', async () => {
    const client = await signedIn()
    assert.match(await ask(client, `PUTSCRIPT "bad" ${literal('keep;\r\nkepp;')}`), /^NO "Line 2, column 1: .*kepp/)
    assert.match(await ask(client, 'CHECKSCRIPT "keep"'), /^NO "Line 1, column 5: /)
    assert.match(await ask(client, 'CHECKSCRIPT "keep;"'), /^OK/)
    assert.match(await ask(client, 'GETSCRIPT "bad"'), /^NO \(NONEXISTENT\)/)
    client.close()
  })

  it('checks a megabyte of commands while others are answered', async () => {
    const [uploader, other] = await Promise.all([signedIn(), signedIn()])
    const rules = 'if header :contains "subject" "word" { keep; }\r\n'.repeat(21_000)
    const upload = ask(uploader, `PUTSCRIPT "long" ${literal(rules)}`)
    const order: string[] = []
    const told = (who: string) => (answer: string) => {
      order.push(who)
      assert.match(answer, /^OK/m)
    }
    await Promise.all([
      upload.then(told('upload')),
      ask(other, 'LISTSCRIPTS')
        .then(() => ask(other, 'NOOP'))
        .then(told('other')),
    ])
    assert.deepEqual(order, ['other', 'upload'])
    assert.match(await ask(uploader, `CHECKSCRIPT ${literal(`${rules}kepp;`)}`), /^NO "Line 21001, column 1: /)
    uploader.close()
    other.close()
  })

  it('bounds what it takes', async () => {
    const client = await signedIn()
    assert.match(await ask(client, 'HAVESPACE "x" 1048577'), /^NO \(QUOTA\/MAXSIZE\)/)
    assert.match(await ask(client, 'HAVESPACE "x" 1000'), /^OK/)
    assert.match(await ask(client, `PUTSCRIPT "x" ${literal('#'.repeat(1_048_577))}`), /^NO \(QUOTA\/MAXSIZE\)/)
    assert.match(await ask(client, 'PUTSCRIPT "a/b" "keep;"'), /^NO "A script cannot have this name/)
    assert.match(await ask(client, 'PUTSCRIPT "x" 5'), /^NO/)
    assert.match(await ask(client, 'NOOP "tag"'), /^OK \(TAG "tag"\) "Done"/)
    assert.match(await ask(client, 'PUTSCRIPT "x" {99999999999}'), /^(?:NO|BYE)/)
    client.close()
  })
})

/** What imap-abuse.test.ts does not try from the wire alone. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { defaultPolicy } from '#lib/policy/defaults.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, result, untagged } from '#tests/support/imap-talk.ts'

const engine = await startEngine()
const taro = await engine.addMailbox('taro')
let stranger: ImapClient
let client: ImapClient
after(async () => {
  stranger.close()
  client.close()
  await engine.stop()
})

describe('an IMAP server under attack', () => {
  beforeEach(async () => {
    stranger?.close()
    client?.close()
    stranger = await ImapClient.connect(engine)
    client = await ImapClient.login(engine, taro.credential)
  })

  it('an unannounced literal is taken after the login; one that is too much is read, dropped and refused', async () => {
    const { maxMessageBytes } = defaultPolicy.inbound
    const appended: readonly (readonly [folder: string, sizeBytes: number, answer: RegExp])[] = [
      ['Drafts', 50_000, /^a OK \[APPENDUID/],
      ['Nowhere', 50_000, /^a NO \[TRYCREATE\]/],
      ['INBOX', maxMessageBytes + 1, /^a NO \[TOOBIG\]/],
      ['INBOX', maxMessageBytes + 200_000, /^a NO \[TOOBIG\]/],
    ]
    for (const [folder, sizeBytes, answer] of appended) {
      client.wire.send(`a APPEND ${folder} {${sizeBytes}+}\r\n${'x'.repeat(sizeBytes)}\r\nb NOOP\r\n`)
      assert.match(await client.wire.until(/^b OK.*\r\n/m), answer, `${sizeBytes} bytes`)
    }
    client.wire.send('a APPEND INBOX {999999999+}\r\n')
    assert.match(await client.wire.until(/BYE.*\r\n/), /^a NO \[TOOBIG\]/)
  })

  it('a thousand wildcards and two thousand folders are answered', async (context) => {
    const { prisma } = await import('#lib/db/prisma.ts')
    await prisma().folder.createMany({
      data: Array.from({ length: 2_000 }, (_, index) => ({
        mailboxId: taro.id,
        name: `${'a/'.repeat(7)}${'b'.repeat(400)}${index}`,
        uidValidity: 1n,
      })),
    })
    const started = Date.now()
    await client.ok(`LIST "" ${'*%'.repeat(500)}`)
    assert.equal(result(await client.ask(`LIST "" "${'*a'.repeat(500)}"`)), 'BAD')
    await client.ok(`LIST "" "${'*b'.repeat(30)}*c"`)
    context.diagnostic(`${Date.now() - started} ms`)
    assert.equal(result(await client.ask('CREATE one-too-many')), 'NO [LIMIT]')
    await prisma().folder.deleteMany({ where: { mailboxId: taro.id, uidValidity: 1n } })
  })

  it('sets that are long or endless', async () => {
    await client.append('INBOX', 'a: b\r\n\r\nc\r\n')
    await client.ok('SELECT INBOX')
    assert.equal(untagged(await client.ok(`FETCH ${'1,'.repeat(30_000)}1 UID`)).length, 1)
    assert.equal(untagged(await client.ok('UID FETCH 1:4294967295 UID')).length, 1)
    assert.equal(result(await client.ask('FETCH 1:4294967295 UID')), 'BAD')
    for (const set of ['0', '1:', ':1', '1,,2', ',', '1:2:3', '4294967296', '*:0', '-1']) {
      assert.equal(result(await client.ask(`UID FETCH ${set} UID`)), 'BAD', set)
    }
    assert.match(await client.ok('FETCH 1 BODY.PEEK[]<0.4294967295>'), /\{11\}/)
  })

  it('tags and lines that are none', async () => {
    for (const line of [
      '',
      ' ',
      'a',
      '* NOOP',
      '+ NOOP',
      'a\\b NOOP',
      `${'t'.repeat(70)} NOOP`,
      'a  NOOP',
      'a NOOP\rx',
    ]) {
      const other = await ImapClient.login(engine, taro.credential)
      other.wire.send(`${line}\r\nz NOOP\r\n`)
      assert.match(await other.wire.until(/^z OK.*\r\n/m), /^\S+ BAD/, JSON.stringify(line))
      other.close()
    }
    client.wire.send('a NOOP\nb NOOP\r\n')
    assert.match(await client.wire.until(/^b OK.*\r\n/m), /^\* BAD Lines must end with CR LF/)
  })

  it('folder names that are none', async () => {
    for (const name of [
      '"a\\\\b"',
      '"../x"',
      '"/"',
      '"a/"',
      '"%"',
      `"${'a'.repeat(600)}"`,
      `"${'a/'.repeat(40)}a"`,
      '""',
      '"&"',
    ]) {
      assert.match(result(await client.ask(`CREATE ${name}`)), name === '"a/"' ? /^OK/ : /^(NO \[CANNOT\]|BAD)/, name)
    }
    assert.equal(result(await client.ask('CREATE ', ['a\0b', ''])), 'NO [CANNOT]')
    assert.equal(result(await client.ask('CREATE ', ['a\r\nb', ''])), 'NO [CANNOT]')
    assert.equal(result(await client.ask('SELECT "x\0y"')), 'BAD')
    assert.equal(result(await client.ask('STATUS ', ['a\0b', ' (MESSAGES)'])), 'NO [NONEXISTENT]')
  })

  it('what a client says about itself comes back to nobody', async () => {
    const answer = await client.ok('ID ("name" ', ['x\r\n* BYE', ')'])
    assert.doesNotMatch(answer, /x|BYE/)
    assert.equal(result(await client.ask('ID (')), 'BAD')
    assert.equal(result(await client.ask('ENABLE')), 'BAD')
  })

  it('strangers have few errors', async () => {
    for (let count = 0; count < 4; count += 1) assert.equal(result(await stranger.ask('NOPE')), 'BAD')
    assert.match(await stranger.ask('NOPE'), /BAD/)
    assert.match(await stranger.wire.rest(), /\* BYE/)
  })

  it('a probe is answered rightly throughout what others do', async (context) => {
    for (let count = 0; count < 200; count += 1)
      await client.append('INBOX', `Subject: ${count}\r\n\r\n${'text '.repeat(2_000)}\r\n`)
    await client.ok('SELECT INBOX')
    const probe = await ImapClient.login(engine, taro.credential)
    await probe.ok('SELECT INBOX')
    const size = /RFC822.SIZE (\d+)/.exec(await probe.ok('FETCH 1 RFC822.SIZE'))?.[1]
    const times: number[] = []
    let isDone = false
    const attack = (async () => {
      await client.ok('SEARCH TEXT nowhere')
      await client.ok('FETCH 1:* BODY.PEEK[]')
      await client.ok(`SEARCH ${'OR BODY a '.repeat(31)}BODY b`)
      isDone = true
    })()
    while (!isDone) {
      const started = performance.now()
      assert.deepEqual(untagged(await probe.ok('FETCH 1 RFC822.SIZE')), [`* 1 FETCH (RFC822.SIZE ${size})`])
      times.push(performance.now() - started)
    }
    await attack
    probe.close()
    assert.ok(times.length > 0)
    times.sort((one, other) => one - other)
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0
    context.diagnostic(`p99 ${p99.toFixed(1)} ms of ${times.length}`)
  })
})

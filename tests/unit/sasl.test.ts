import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generateSecret, generateUsername, pepperFrom, scramKeysOf, verifierOf } from '#lib/accounts/secret.ts'
import { claimByApop, claimByCramMd5, newChallenge } from '#lib/engine/auth/md5-challenge.ts'
import { claimByLogin, claimByPlain, type Exchange, prepared } from '#lib/engine/auth/sasl.ts'
import { runScram, type ScramChannel } from '#lib/engine/auth/scram.ts'
import { type ScramClientOptions, scramClient } from '#tests/support/scram-client.ts'

const noExchange: Exchange = () => Promise.reject(new Error('no challenge expected'))

describe('generated secrets', () => {
  it('hold 138 bits in groups that can be read aloud', () => {
    assert.match(generateSecret(), /^([a-hjkmnp-z2-9]{4}-){6}[a-hjkmnp-z2-9]{4}$/)
    assert.ok(28 * Math.log2(31) >= 128)
    assert.match(generateUsername('taro'), /^taro-[a-hjkmnp-z2-9]{4}$/)
  })
  it('are the same with or without hyphens and capitals', () => {
    const pepper = pepperFrom(Buffer.alloc(32, 7))
    const secret = generateSecret()
    assert.deepEqual(verifierOf(secret.replaceAll('-', '').toUpperCase(), pepper), verifierOf(secret, pepper))
    assert.notDeepEqual(verifierOf(generateSecret(), pepper), verifierOf(secret, pepper))
  })
})

describe('PLAIN', () => {
  const cases: [string, string, unknown][] = [
    ['empty authorization identity', '\0taro\0pw', { loginName: 'taro', password: 'pw' }],
    ['own name twice, as mutt does', 'taro\0taro\0pw', { loginName: 'taro', password: 'pw' }],
    ['another identity never names an account', 'jiro\0taro\0pw', { loginName: '', password: 'pw' }],
  ]
  for (const [name, message, claim] of cases) {
    it(name, async () => {
      assert.deepEqual(await claimByPlain(Buffer.from(message), noExchange), { outcome: 'claimed', claim })
    })
  }
  for (const bad of ['', 'taro', 'taro\0pw', '\0taro\0pw\0x', `\0taro\0${'x'.repeat(1_025)}`]) {
    it(`refuses ${JSON.stringify(bad).slice(0, 20)}`, async () => {
      assert.deepEqual(await claimByPlain(Buffer.from(bad), noExchange), { outcome: 'malformed' })
    })
  }
})

describe('LOGIN', () => {
  it('asks for both with the prompts that old clients know', async () => {
    const asked: string[] = []
    const answers = ['taro', 'pw']
    const exchange: Exchange = async (challenge) => {
      asked.push(challenge.toString('base64'))
      return Buffer.from(answers.shift() ?? '')
    }
    const claim = await claimByLogin(null, exchange)
    assert.deepEqual(claim, { outcome: 'claimed', claim: { loginName: 'taro', password: 'pw' } })
    assert.deepEqual(asked, ['VXNlcm5hbWU6', 'UGFzc3dvcmQ6'])
  })
  it('can be cancelled', async () => {
    assert.deepEqual(await claimByLogin(null, async () => null), { outcome: 'cancelled' })
  })
})

describe('SCRAM-SHA-256', () => {
  const salt = Buffer.alloc(16, 3)
  const candidate = (password: string) => {
    const { storedKey, serverKey } = scramKeysOf(password, salt)
    return { stored_key: storedKey, server_key: serverKey, password }
  }
  const lookup = async (loginName: string) => ({
    loginName,
    salt,
    candidates: [candidate('first-secret'), candidate('second-secret')],
  })

  const noChannel: ScramChannel = { isBound: false, isBindingOffered: false, bindingOf: () => null }
  const channelData = Buffer.from('this channel')
  const inTls = (isBound: boolean): ScramChannel => ({
    isBound,
    isBindingOffered: true,
    bindingOf: (type) => (type === 'tls-exporter' ? channelData : null),
  })

  type Try = Partial<ScramClientOptions> & {
    readonly channel?: ScramChannel
    readonly tamper?: (final: string) => string
  }

  async function run({ channel = noChannel, tamper = (final) => final, ...options }: Try) {
    const client = scramClient({ name: 'taro', password: 'second-secret', ...options })
    const seen = { signature: '', expected: '' }
    const exchange: Exchange = async (challenge) => {
      if (seen.expected !== '') {
        seen.signature = challenge.toString()
        return Buffer.alloc(0)
      }
      const { clientFinal, serverFinal } = client.answer(challenge.toString())
      seen.expected = serverFinal
      return Buffer.from(tamper(clientFinal))
    }
    return { result: await runScram(Buffer.from(client.clientFirst), exchange, lookup, channel), seen }
  }

  const unproven = (fault: string) => ({ outcome: 'unproven', account: { loginName: 'taro' }, fault })

  it('finds the credential among several and proves itself to the client', async () => {
    const { result, seen } = await run({})
    assert.ok(result.outcome === 'proven')
    assert.equal(result.candidate.password, 'second-secret')
    assert.equal(await result.finish(), true)
    assert.equal(seen.signature, seen.expected)
  })
  it('binds the login to its channel', async () => {
    const { result } = await run({ channel: inTls(true), header: 'p=tls-exporter,,', binding: channelData })
    assert.equal(result.outcome, 'proven')
  })

  const refused: readonly (readonly [string, Try, unknown])[] = [
    ['a wrong password', { password: 'third' }, unproven('badCredentials')],
    [
      'a nonce that is not ours',
      { tamper: (final) => final.replace('r=clientnonce', 'r=othernonce') },
      unproven('badCredentials'),
    ],
    [
      'a changed channel binding flag',
      { tamper: (final) => final.replace('c=biws', 'c=eSws') },
      unproven('channelMismatch'),
    ],
    [
      'the binding of another channel',
      { channel: inTls(true), header: 'p=tls-exporter,,', binding: Buffer.from('that channel') },
      unproven('channelMismatch'),
    ],
    ['a binding that was stripped', { channel: inTls(true), header: 'p=tls-exporter,,' }, unproven('channelMismatch')],
    ['a client that was not shown -PLUS', { channel: inTls(false), header: 'y,,' }, unproven('channelMismatch')],
    ['-PLUS without a binding', { channel: inTls(true), header: 'n,,' }, { outcome: 'malformed' }],
    ['a binding without -PLUS', { channel: inTls(false), header: 'p=tls-exporter,,' }, { outcome: 'malformed' }],
    [
      'a binding that TLS 1.3 does not have',
      { channel: inTls(true), header: 'p=tls-unique,,' },
      { outcome: 'malformed' },
    ],
  ]
  for (const [title, attempt, expected] of refused) {
    it(`refuses ${title}`, async () => {
      assert.partialDeepStrictEqual((await run(attempt)).result, expected)
    })
  }
  it('takes a client that could bind where no binding is offered', async () => {
    assert.equal((await run({ header: 'y,,' })).result.outcome, 'proven')
  })
  for (const first of ['', 'n,,', 'p=tls-unique,,n=taro,r=x', 'n,,n=ta=ro,r=x', 'n,,m=x,n=taro,r=x']) {
    it(`does not accept ${JSON.stringify(first)}`, async () => {
      const result = await runScram(Buffer.from(first), noExchange, lookup, noChannel)
      assert.deepEqual(result, { outcome: 'malformed' })
    })
  }
})

describe('CRAM-MD5 and APOP', () => {
  it('give the digests of their RFCs', async () => {
    const challenge = '<1896.697170952@postoffice.reston.mci.net>'
    const exchange: Exchange = async () => Buffer.from('tim b913a602c7eda7a495b4e6e7334d3890')
    const cram = await claimByCramMd5(null, exchange, challenge)
    const apop = claimByApop('mrose c4c9334bac560ecc979e58001b3e22fb', '<1896.697170952@dbc.mtview.ca.us>')
    assert.ok(cram.outcome === 'claimed' && apop.outcome === 'claimed')
    assert.deepEqual([cram.claim.loginName, apop.claim.loginName], ['tim', 'mrose'])
    assert.ok(cram.claim.proves('tanstaaftanstaaf') && apop.claim.proves('tanstaaf'))
    assert.ok(!cram.claim.proves('tanstaaf') && !apop.claim.proves('tanstaaftanstaaf'))
  })
  it('have a challenge that is a msg-id, with 64 random bits and more, and no other', () => {
    const challenges = Array.from({ length: 1_000 }, () => newChallenge('infonia.ne.jp'))
    for (const challenge of challenges) assert.match(challenge, /^<\d{1,39}\.\d+@infonia\.ne\.jp>$/)
    assert.equal(new Set(challenges.map((challenge) => challenge.split('.', 1)[0])).size, challenges.length)
  })
  const digest = 'c4c9334bac560ecc979e58001b3e22fb'
  const malformed = ['', digest, ` ${digest}`, 'taro', `taro ${digest.slice(1)}`, `taro ${digest}0`, `taro ${digest} `]
  for (const argument of [...malformed, `taro ${digest.toUpperCase()}`, `taro\t${digest}`, `taro ${'g'.repeat(32)}`]) {
    it(`refuse ${JSON.stringify(argument)}`, async () => {
      assert.deepEqual(claimByApop(argument, '<1@a>'), { outcome: 'malformed' })
      assert.deepEqual(await claimByCramMd5(null, async () => Buffer.from(argument), '<1@a>'), { outcome: 'malformed' })
    })
  }
  it('refuse an answer to a challenge that nobody gave', async () => {
    assert.deepEqual(await claimByCramMd5(Buffer.from(`taro ${digest}`), noExchange, '<1@a>'), { outcome: 'malformed' })
  })
})

describe('SASLprep', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['ｔａｒｏ', 'taro'],
    ['ta\u00adro', 'taro'],
    ['taro\u3000', 'taro '],
    ['t\u0430ro', 't\u0430ro'],
    ['ta\r\nro', ''],
    ['ta\u202ero', ''],
  ]
  for (const [text, expected] of cases) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(text)}`, () => assert.equal(prepared(text), expected))
  }
})

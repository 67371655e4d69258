import assert from 'node:assert/strict'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, it } from 'node:test'
import { generateSecret, generateUsername, pepperFrom, scramKeysOf, verifierOf } from '#lib/accounts/secret.ts'
import { claimByLogin, claimByPlain, type Exchange } from '#lib/engine/auth/sasl.ts'
import { runScram } from '#lib/engine/auth/scram.ts'

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
  /** A client of RFC 5802 §5, written from the RFC. */
  function scramClient(name: string, password: string, tamper: (final: string) => string = (final) => final) {
    const bare = `n=${name},r=clientnonce`
    let step = 0
    const seen = { signature: '', expected: '' }
    const exchange: Exchange = async (challenge) => {
      step += 1
      if (step === 2) {
        seen.signature = challenge.toString()
        return Buffer.alloc(0)
      }
      const serverFirst = challenge.toString()
      const [, nonce, salt, iterations] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(serverFirst) ?? []
      const salted = pbkdf2Sync(password, Buffer.from(salt ?? '', 'base64'), Number(iterations), 32, 'sha256')
      const clientKey = createHmac('sha256', salted).update('Client Key').digest()
      const withoutProof = `c=biws,r=${nonce}`
      const authMessage = `${bare},${serverFirst},${withoutProof}`
      const signature = createHmac('sha256', createHash('sha256').update(clientKey).digest())
        .update(authMessage)
        .digest()
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)))
      const serverKey = createHmac('sha256', salted).update('Server Key').digest()
      seen.expected = `v=${createHmac('sha256', serverKey).update(authMessage).digest('base64')}`
      return Buffer.from(tamper(`${withoutProof},p=${proof.toString('base64')}`))
    }
    return { initial: Buffer.from(`n,,${bare}`), exchange, seen }
  }

  const salt = Buffer.alloc(16, 3)
  const candidate = (password: string) => {
    const { storedKey, serverKey } = scramKeysOf(password, salt)
    return { stored_key: storedKey, server_key: serverKey, password }
  }
  const lookup = async () => ({ salt, candidates: [candidate('first-secret'), candidate('second-secret')] })

  it('finds the credential among several and proves itself to the client', async () => {
    const { initial, exchange, seen } = scramClient('taro', 'second-secret')
    const result = await runScram(initial, exchange, lookup)
    assert.ok(result.outcome === 'proven')
    assert.equal(result.candidate.password, 'second-secret')
    assert.equal(await result.finish(), true)
    assert.equal(seen.signature, seen.expected)
  })
  it('refuses a wrong password', async () => {
    const { initial, exchange } = scramClient('taro', 'third')
    assert.deepEqual(await runScram(initial, exchange, lookup), { outcome: 'unproven', loginName: 'taro' })
  })
  it('refuses a nonce that is not ours', async () => {
    const { initial, exchange } = scramClient('taro', 'first-secret', (final) =>
      final.replace('r=clientnonce', 'r=othernonce'),
    )
    assert.equal((await runScram(initial, exchange, lookup)).outcome, 'unproven')
  })
  it('refuses a changed channel binding flag', async () => {
    const { initial, exchange } = scramClient('taro', 'first-secret', (final) => final.replace('c=biws', 'c=eSws'))
    assert.equal((await runScram(initial, exchange, lookup)).outcome, 'unproven')
  })
  for (const first of ['', 'n,,', 'p=tls-unique,,n=taro,r=x', 'n,,n=ta=ro,r=x', 'n,,m=x,n=taro,r=x']) {
    it(`does not accept ${JSON.stringify(first)}`, async () => {
      assert.deepEqual(await runScram(Buffer.from(first), noExchange, lookup), { outcome: 'malformed' })
    })
  }
})

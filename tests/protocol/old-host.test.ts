/**
 * The old host goes on beside the new ones, for whom and for as long as the policy says. Each cell: by which sign the
 * program shows that it still has the old name, through which door, and under which wave.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { defaultPolicy } from '#lib/policy/index.ts'
import type { OldHostRules, OldHostService, OldHostWave } from '#lib/policy/old-host-rules.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { type Ports, startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { matrix } from '#tests/support/matrix.ts'
import { makeTestAuthority } from '#tests/support/test-authority.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const OLD = 'mx.infonia.ne.jp'
const ALIAS = 'mail.infonia.ne.jp'
const OLD_ADDRESS = '127.0.0.2'
const IN = 'pop\\.infonia\\.ne\\.jp'
const OUT = 'smtpa\\.infonia\\.ne\\.jp'
const GUIDE = 'See http\\S+/g/H1'

type Sign = 'serverName' | 'alias' | 'address' | 'loginName' | 'none'

const directory = mkdtempSync(join(tmpdir(), 'old-host-'))
const authorities = join(directory, 'authorities.crt')
const authority = await makeTestAuthority({ isTrusted: false })
const { key, cert } = await authority.issue([OLD, ALIAS])
const files = {
  OLD_HOST_TLS_CERT_FILE: join(directory, 'old.crt'),
  OLD_HOST_TLS_KEY_FILE: join(directory, 'old.key'),
}
writeFileSync(files.OLD_HOST_TLS_CERT_FILE, cert)
writeFileSync(files.OLD_HOST_TLS_KEY_FILE, key)
Object.assign(process.env, { OLD_HOST_BIND_ADDRESS: OLD_ADDRESS, HOST_OLD_ALIASES: ALIAS, ...files })
const engine = await startEngine()
writeFileSync(authorities, [authority.certificate, readFileSync(engine.authorityFile, 'utf8')].join('\n'))
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako', { popBeforeSmtp: true })
after(async () => {
  await engine.stop()
  rmSync(directory, { recursive: true })
})

describe('the old host', () => {
  const wave = (service: OldHostService, from = '2020-01-01T00:00:00Z', change: Partial<OldHostWave> = {}) => ({
    ...{ service, from, domains: [], percent: 100 },
    ...change,
  })

  const rule = (...waves: OldHostWave[]) => ruleWith({ sendsByMxPort: true, waves })

  async function ruleWith(rules: OldHostRules): Promise<void> {
    const { changePolicy } = await import('#tests/support/people.ts')
    const version = await changePolicy(engine.operator, (document) => {
      document.oldHost = rules
    })
    await eventually(async () => {
      const client = await WireClient.connect({ port: engine.ports.pop3 })
      client.send('QUIT\r\n')
      await client.rest()
      const { policyVersion } = await prisma().protocolEvent.findFirstOrThrow({ orderBy: { id: 'desc' } })
      assert.equal(policyVersion, version)
    })
  }

  function connect(door: ListenerName, sign: Sign): Promise<WireClient> {
    const isOldAddress = sign === 'address'
    const ports = engine.ports as Ports & Record<`old:${ListenerName}`, number>
    const target = isOldAddress ? { port: ports[`old:${door}`], host: OLD_ADDRESS } : { port: ports[door] }
    const serverName = sign === 'serverName' ? OLD : sign === 'alias' ? ALIAS : 'localhost'
    return WireClient.connectTls({ ...target, serverName }, authorities)
  }

  const nameFor = (sign: Sign) => (sign === 'loginName' ? `taro@${OLD}` : taro.address)

  /** @returns the answer to the login */
  async function login(
    door: 'pop3s' | 'imaps' | 'submissions',
    sign: Sign,
    password = taro.credential.password,
    name = nameFor(sign),
  ) {
    const client = await connect(door, sign)
    const answer = await answerTo(client, door, name, password)
    client.send(door === 'imaps' ? 'z LOGOUT\r\n' : 'QUIT\r\n')
    await client.rest()
    return answer
  }

  async function answerTo(client: WireClient, door: ListenerName, name: string, password: string): Promise<string> {
    if (door === 'pop3s') {
      await client.until(/\+OK.*\r\n/)
      client.send(`USER ${name}\r\n`)
      await client.until(/\+OK.*\r\n/)
      client.send(`PASS ${password}\r\n`)
      return client.until(/^(?:\+OK|-ERR).*\r\n/)
    }
    if (door === 'imaps') {
      await client.until(/\* OK.*\r\n/)
      client.send(`a ID ("name" "Old Mailer" "version" "2.0")\r\nb LOGIN "${name}" "${password}"\r\n`)
      return client.until(/^b .*\r\n/m)
    }
    await client.reply()
    await client.command('EHLO taro-pc')
    return client.command(`AUTH PLAIN ${Buffer.from(`\0${name}\0${password}`).toString('base64')}`)
  }

  const cases = matrix('old-host', 'Logins by the old host that its wave did not decide: none')
  const accepted = { pop3s: /\+OK/, imaps: /b OK/, submissions: /^235 / }
  const refused = {
    pop3s: new RegExp(`^-ERR \\[AUTH\\] ${OLD} is no longer in use: .*${IN}\\. ${GUIDE}\\r\\n$`),
    imaps: new RegExp(`b NO \\[ALERT\\] ${OLD} is no longer in use: .*${IN}\\. ${GUIDE}\\r\\n$`),
    submissions: new RegExp(`^550 5\\.7\\.1 ${OLD} no longer sends mail: .*${OUT} with SMTP AUTH\\. ${GUIDE}\\r\\n$`),
  }
  const signs: readonly Sign[] = ['serverName', 'alias', 'address', 'loginName', 'none']
  const doors = ['pop3s', 'imaps', 'submissions'] as const
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const stances: readonly (readonly [string, OldHostWave[], OldHostService])[] = [
    ['without a wave', [], 'all'],
    ['receive only', [wave('receiveOnly')], 'receiveOnly'],
    ['refused', [wave('receiveOnly'), wave('refused', '2021-01-01T00:00:00Z')], 'refused'],
    ['a wave of tomorrow', [wave('refused', tomorrow)], 'all'],
    ['a wave of another domain', [wave('refused', undefined, { domains: ['second.test'] })], 'all'],
    ['a wave of this domain', [wave('refused', undefined, { domains: ['infonia.ne.jp'] })], 'refused'],
  ]

  for (const [title, waves, service] of stances) {
    cases.check(`${title}: whoever comes by an old name is served as the wave says, all others as ever`, async () => {
      await rule(...waves)
      for (const sign of signs) {
        for (const door of doors) {
          const isServed = sign === 'none' || service === 'all' || (service === 'receiveOnly' && door !== 'submissions')
          assert.match(await login(door, sign), isServed ? accepted[door] : refused[door], `${sign} ${door}`)
        }
      }
    })
  }

  cases.check('a wave of a domain is for its mailboxes, however their names are typed', async () => {
    await rule(wave('refused', undefined, { domains: ['infonia.ne.jp'] }))
    for (const name of [taro.login, `${taro.login}%infonia.ne.jp`, taro.credential.username]) {
      assert.match(await login('pop3s', 'serverName', taro.credential.password, name), refused.pop3s, name)
    }
  })

  for (const [name, own] of [
    [OLD, true],
    [ALIAS.toUpperCase(), true],
    ['pop.infonia.ne.jp', false],
    ['localhost', false],
  ] as const) {
    it(`who asks for ${name} sees ${own ? 'the certificate of the old host' : 'the one of the new hosts'}`, async () => {
      const implicit = await WireClient.connectTls({ port: engine.ports.imaps, serverName: name }, authorities)
      const upgraded = await WireClient.connect({ port: engine.ports.pop3 })
      await upgraded.until(/\+OK.*\r\n/)
      upgraded.send('STLS\r\n')
      await upgraded.until(/\+OK.*\r\n/)
      await upgraded.startTls(authorities, name)
      for (const client of [implicit, upgraded]) {
        const names = client.tls.getPeerX509Certificate()?.subjectAltName ?? ''
        assert.equal(names, own ? `DNS:${OLD}, DNS:${ALIAS}` : names)
        assert.equal(/pop\.infonia/.test(names), !own)
        client.close()
      }
    })
  }

  cases.check('the answer is the same for a wrong password, and for a name that nobody has', async () => {
    await rule(wave('refused'))
    for (const door of doors) assert.match(await login(door, 'serverName', 'wrong'), refused[door])
    const client = await connect('pop3s', 'serverName')
    await client.until(/\+OK.*\r\n/)
    client.send('USER nobody\r\nPASS wrong\r\n')
    await client.until(/\+OK.*\r\n/)
    assert.match(await client.until(/-ERR.*\r\n/), refused.pop3s)
    assert.equal(await prisma().loginFailure.count(), 0)
  })

  cases.check('the radar has the device, by which sign, and what it calls itself', async () => {
    await rule(wave('refused'))
    await login('imaps', 'serverName')
    await login('imaps', 'none')
    await rule()
    await login('imaps', 'serverName')
    await eventually(async () => {
      const uses = await prisma().hostUse.findMany({ where: { mailboxId: taro.id, listener: 'imaps' } })
      const old = uses.find(({ isOldHost }) => isOldHost)
      assert.equal(old?.credentialId, taro.credential.id)
      assert.equal(old?.clientName, 'Old Mailer 2.0')
      assert.ok((old?.refusedCount ?? 0) > 0 && (old?.count ?? 0) > (old?.refusedCount ?? 0))
      assert.ok(uses.some(({ isOldHost, sign }) => !isOldHost && sign === null))
    })
  })

  async function receive(): Promise<void> {
    const client = await connect('pop3s', 'none')
    await client.until(/\+OK.*\r\n/)
    client.send(`USER ${hanako.address}\r\nPASS ${hanako.credential.password}\r\n`)
    await client.until(/\+OK.*\r\n/)
    await client.until(/\+OK.*\r\n/)
    client.send('QUIT\r\n')
    await client.rest()
  }

  async function sendBy(door: 'mx' | 'smtp', sender: string, recipient: string): Promise<string> {
    const client = await WireClient.connect({ port: engine.ports[door] })
    await client.reply()
    await client.command('EHLO hanako-pc')
    await client.command(`MAIL FROM:<${sender}>`)
    const answer = await client.command(`RCPT TO:<${recipient}>`)
    if (!answer.startsWith('250')) return answer
    await client.command('DATA')
    return client.command(`From: ${sender}\r\nTo: ${recipient}\r\nSubject: as ever\r\n\r\nHello.\r\n.`)
  }

  cases.check('at its port 25 a RelayWindow sends while the old host serves, and it is counted', async () => {
    await rule()
    assert.match(await sendBy('mx', hanako.address, 'friend@elsewhere.test'), /^550 5\.7\.1 Relaying denied/)
    await receive()
    assert.match(await sendBy('mx', hanako.address, 'friend@elsewhere.test'), /^250 /)
    assert.match(await sendBy('mx', taro.address, 'friend@elsewhere.test'), /^550 5\.7\.1 Relaying denied/)
    const queued = await prisma().queuedMessage.findFirstOrThrow({ where: { mailboxId: hanako.id } })
    assert.match(Buffer.from(queued.content).toString(), /authorized by POP before SMTP/)
    const counter = await prisma().sendingCounter.findFirstOrThrow({ where: { mailboxId: hanako.id, subject: '' } })
    assert.equal(counter.recipients, 1)
    await eventually(async () => {
      const use = await prisma().hostUse.findFirst({ where: { mailboxId: hanako.id, listener: 'mx' } })
      assert.equal(use?.isOldHost, true)
    })
  })

  cases.check('at its port 25 a RelayWindow sends nothing elsewhere unless the policy says so', async () => {
    await ruleWith(defaultPolicy.oldHost)
    await receive()
    assert.match(await sendBy('mx', hanako.address, 'friend@elsewhere.test'), refused.submissions)
    assert.match(await sendBy('smtp', hanako.address, 'friend@elsewhere.test'), /^250 /)
  })

  for (const service of ['receiveOnly', 'refused'] as const) {
    cases.check(`at its port 25 a RelayWindow sends nothing elsewhere when the wave is ${service}`, async () => {
      await rule(wave(service))
      await receive()
      assert.match(await sendBy('mx', hanako.address, 'friend@elsewhere.test'), refused.submissions)
      assert.match(await sendBy('mx', hanako.address, taro.address), /^250 /)
      assert.match(await sendBy('smtp', hanako.address, 'friend@elsewhere.test'), /^250 /)
    })
  }

  cases.check('strangers bring mail to it under every wave', async () => {
    for (const waves of [[], [wave('receiveOnly')], [wave('refused')]]) {
      await rule(...waves)
      assert.match(await sendBy('mx', 'stranger@elsewhere.test', taro.address), /^250 /)
    }
  })
})

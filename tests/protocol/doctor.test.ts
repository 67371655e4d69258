/** The doctor: every fault is provoked on the wire and named through the read model; nobody sees what is another's. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { issueCheckCode } from '#lib/doctor/check-codes.ts'
import { type DiagnosisId, diagnoses } from '#lib/doctor/diagnoses.ts'
import { type AttemptView, type Watcher, watchAttempts } from '#lib/doctor/watch-attempts.ts'
import { checkUserName } from '#lib/mail/check-name.ts'
import { PROBE_NAME } from '#lib/mail/probe-name.ts'
import { isReasonId, reasons } from '#lib/policy/reasons.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { startFakeClamd } from '#tests/support/fake-clamd.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { plainResponse, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import { doctorCases, doctorPolicy, secondDomain } from './doctor-cases.ts'

process.env.HOSTED_DOMAINS = secondDomain
const clamd = await startFakeClamd()
const engine = await startEngine({ policy: doctorPolicy, environment: { CLAMD: clamd.url } })
const stage = {
  engine,
  taro: await engine.addMailbox('taro'),
  hanako: await engine.addMailbox('hanako', { popBeforeSmtp: true }),
}
after(async () => {
  await engine.stop()
  clamd.stop()
})

beforeEach(async () => {
  await prisma().loginFailure.deleteMany()
  await prisma().protocolEvent.deleteMany()
})

async function seen(watcher: Watcher, isMeant: (view: AttemptView) => boolean): Promise<AttemptView> {
  return eventually(async () => {
    const views = await watchAttempts(watcher)
    const view = views.find(isMeant)
    assert.ok(view, `saw ${JSON.stringify(views.map(({ diagnosis, steps }) => [diagnosis, steps]))}`)
    return view
  })
}

/** A visitor's attempt, which has a test of its own below. */
const shownElsewhere: readonly DiagnosisId[] = ['checkSeen']

it('everything that the doctor can say is provoked', () => {
  const provoked = new Set([...shownElsewhere, ...doctorCases.map(({ expected }) => expected)])
  assert.deepEqual(
    Object.keys(diagnoses).filter((id) => !provoked.has(id as DiagnosisId)),
    [],
  )
})

describe('the doctor names', () => {
  const { check } = matrix('doctor', 'Faults of mail programs that the doctor names')
  for (const { expected, name, who = 'taro', from = '127.0.0.1', attempt } of doctorCases) {
    check(`${expected}: ${name}`, async () => {
      await attempt(stage, from)
      const watcher = { actor: stage[who].actor, address: from, code: null }
      await seen(watcher, ({ diagnosis }) => diagnosis.id === expected)
      await assertRefusalsPrintTheirCode()
    })
  }
})

/** What a mail program shows is ASCII and ends with the address of the page that explains it. */
async function assertRefusalsPrintTheirCode(): Promise<void> {
  const refusals = await prisma().protocolEvent.findMany({ where: { kind: 'refusal', reason: { not: null } } })
  for (const { reason, detail } of refusals) {
    assert.match(detail, /^[\x20-\x7e]+$/)
    assert.ok(reason !== null && isReasonId(reason))
    const { guide } = reasons[reason]
    if (guide !== null) assert.match(detail, new RegExp(`/g/${guide}$`), detail)
  }
}

describe('a visitor with a code', () => {
  const visitor = (code: string | null, address = '127.0.0.1'): Watcher => ({ actor: null, address, code })

  async function logInAs(name: string, from = '127.0.0.1'): Promise<string> {
    const client = await submissionsClient(engine, from)
    const answer = await client.command(`AUTH PLAIN ${plainResponse(name, 'any password')}`)
    client.close()
    return answer
  }

  it('finds the attempt through every door, in every spelling of the user name', async () => {
    const { code } = await issueCheckCode('192.0.2.1')
    const isFound = ({ diagnosis, seenBy, listener }: AttemptView, door: string) =>
      diagnosis.id === 'checkSeen' && seenBy === 'code' && listener === door
    await logInAs(`${checkUserName(code).toUpperCase()}@infonia.ne.jp`)
    await seen(visitor(code), (view) => isFound(view, 'submissions'))
    const pop = await Pop3Client.connect(engine)
    await pop.ask(`USER ${checkUserName(code)}`)
    await pop.ask('PASS x')
    await pop.quit()
    await seen(visitor(code), (view) => isFound(view, 'pop3s'))
    const imap = await ImapClient.connect(engine)
    await imap.ask(`LOGIN ${checkUserName(code)} x`)
    await imap.logout()
    await seen(visitor(code), (view) => isFound(view, 'imaps'))
  })

  it('hears what everybody hears, and no wrong password is counted', async () => {
    const { code } = await issueCheckCode('192.0.2.2')
    const answer = await logInAs(checkUserName(code))
    assert.equal(answer, await logInAs('nobody-at-all'))
    await prisma().loginFailure.deleteMany()
    for (let count = 0; count < 5; count += 1) assert.match(await logInAs(checkUserName(code)), /^535 /)
    assert.equal(await prisma().loginFailure.count(), 0)
  })

  it('leaves neither the code nor the name in the events', async () => {
    const { code } = await issueCheckCode('192.0.2.3')
    await logInAs(checkUserName(code))
    await seen(visitor(code), ({ seenBy }) => seenBy === 'code')
    assert.doesNotMatch(JSON.stringify(await eventsAsText()), new RegExp(code))
  })

  it('sees no attempt of another code, of an account or of an unknown name', async () => {
    const [mine, other] = [await issueCheckCode('192.0.2.4'), await issueCheckCode('192.0.2.5')]
    const address = '127.0.20.4' // where no earlier session is still ending
    await logInAs(checkUserName(other.code), address)
    await logInAs(stage.taro.credential.username, address)
    await logInAs('neighbour', address)
    await logInAs(checkUserName(mine.code), address)
    await seen(visitor(mine.code, address), ({ seenBy }) => seenBy === 'code')
    assert.equal((await watchAttempts(visitor(mine.code, address))).length, 1)
    assert.deepEqual(await watchAttempts(visitor(null)), [])
    assert.deepEqual(await watchAttempts(visitor('aaaaaa')), [])
  })

  it('sees what came from the same address before any login, and nothing from elsewhere', async () => {
    const { code } = await issueCheckCode('192.0.2.6')
    const client = await smtpClient(engine.ports.smtp, '127.0.20.1')
    await client.command('AUTH LOGIN')
    client.close()
    await seen(visitor(code, '127.0.20.1'), ({ diagnosis }) => diagnosis.id === 'authOnSmtp')
    assert.deepEqual(await watchAttempts(visitor(code, '127.0.20.2')), [])
  })

  it('does not see our own probes, which come from the machine that mail is tried on', async () => {
    const [{ code }, address] = [await issueCheckCode('192.0.2.7'), '127.0.20.3']
    const probe = await smtpClient(engine.ports.smtp, address)
    await probe.command(`EHLO ${PROBE_NAME}`)
    await probe.command('QUIT')
    await eventually(async () => assert.equal(await prisma().protocolEvent.count({ where: { address } }), 1))
    assert.deepEqual(await watchAttempts(visitor(code, address)), [])
  })

  it('gets ten codes in a quarter of an hour, and no attempt for one that has run out', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => issueCheckCode('2001:db8::1')))
    await assert.rejects(issueCheckCode('2001:db8::2'), { code: 'too_many_attempts' })
    const [{ code } = { code: '' }] = codes
    await logInAs(checkUserName(code))
    await seen(visitor(code), ({ seenBy }) => seenBy === 'code')
    await prisma().checkCode.updateMany({ data: { expiresAt: new Date(0) } })
    assert.deepEqual(await watchAttempts(visitor(code)), [])
    await issueCheckCode('2001:db8::2')
  })

  const eventsAsText = () =>
    prisma().protocolEvent.findMany({ select: { loginName: true, detail: true, transcript: true } })
})

describe('a subscriber', () => {
  it('sees nothing of another account, also from the same address', async () => {
    const { hanako, taro } = stage
    const client = await submissionsClient(engine)
    await client.command(`AUTH PLAIN ${plainResponse(hanako.credential.username, 'wrong')}`)
    client.close()
    const address = '127.0.0.1'
    await seen({ actor: hanako.actor, address, code: null }, ({ seenBy }) => seenBy === 'account')
    assert.deepEqual(await watchAttempts({ actor: taro.actor, address, code: null }), [])
  })
})

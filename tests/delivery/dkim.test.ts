/** The rotation of DKIM keys by an operator, and what leaves meanwhile, checked with the keys that DNS shows. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import type { Actor } from '#lib/accounts/actor.ts'
import type { DkimKeyView } from '#lib/dkim/list-dkim-keys.ts'
import type { Relay } from '#lib/engine/delivery/relay/start-relay.ts'
import { AppError } from '#lib/errors/app-error.ts'
import { type DeliveryRig, openDeliveryRig } from '#tests/support/delivery.ts'
import { type NameServer, startNameServer } from '#tests/support/dns-server.ts'
import { eventually } from '#tests/support/eventually.ts'
import { startTestRelay, testMasterKey } from '#tests/support/relay.ts'
import { type SmtpSink, startSmtpSink } from '#tests/support/smtp-sink.ts'

const operator: Actor = { accountId: '0198c000-0000-7000-8000-00000000000a', role: 'OPERATOR', customerId: null }
const agent: Actor = { ...operator, role: 'SUPPORT_AGENT' }
const domain = 'infonia.test'
const content = Buffer.from('From: <taro@infonia.test>\r\nSubject: hello\r\n\r\n.dot\r\nHello.\r\n')

let rig: DeliveryRig
let sender: number
let names: NameServer
let sink: SmtpSink
let relay: Relay

before(async () => {
  rig = await openDeliveryRig()
  sender = await rig.addMailbox('taro')
  names = await startNameServer({})
  sink = await startSmtpSink()
  Object.assign(process.env, {
    DATABASE_URL: rig.url,
    MASTER_KEY: testMasterKey.toString('base64'),
    SITE_DOMAIN: domain,
    RESOLVER: `127.0.0.1:${names.port}`,
  })
  relay = startTestRelay(rig, sink.port)
})
beforeEach(async () => {
  await rig.query('DELETE FROM dkim_keys')
  await rig.query('DELETE FROM queued_messages')
})
after(async () => {
  const { prisma } = await import('#lib/db/prisma.ts')
  await prisma().$disconnect()
  await relay.close()
  await sink.stop()
  await names.stop()
  await rig.close()
})

async function create(actor = operator): Promise<void> {
  const { createNextKeys } = await import('#lib/dkim/create-next-keys.ts')
  await createNextKeys(actor, { domain })
}

async function activate({ isUnpublishedAllowed = false } = {}, actor = operator): Promise<void> {
  const { activateKeys } = await import('#lib/dkim/activate-keys.ts')
  await activateKeys(actor, { domain, isUnpublishedAllowed })
}

async function keys(state: DkimKeyView['state']): Promise<DkimKeyView[]> {
  const { listDkimKeys } = await import('#lib/dkim/list-dkim-keys.ts')
  const [view] = await listDkimKeys(operator)
  return (view?.keys ?? []).filter((key) => key.state === state)
}

async function publish(): Promise<void> {
  const zone = names.zone as Record<string, readonly string[]>
  for (const { recordName, recordText } of await keys('NEXT')) zone[`TXT ${recordName}`] = [recordText]
}

/** @returns the message as the next hop got it */
async function send(change: Parameters<DeliveryRig['accept']>[0] = {}): Promise<Buffer> {
  const count = sink.messages.length
  await rig.accept({
    sender: 'taro@infonia.test',
    owner: { mailboxId: sender },
    listener: 'submission',
    to: ['hanako@remote.test'],
    content,
    ...change,
  })
  relay.wake()
  await sink.received(count + 1)
  return sink.messages[count]?.content ?? Buffer.alloc(0)
}

async function results(message: Buffer): Promise<string[]> {
  const resolver = async (name: string) => [[...(names.zone[`TXT ${name}`] ?? [])]]
  const verified = await dkimVerify(message, { resolver, strict: true })
  return verified.results.map(({ status, selector }) => `${selector} ${status.result}`).sort()
}

const passing = (views: readonly DkimKeyView[]) => views.map(({ selector }) => `${selector} pass`).sort()
const isRefusal = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

test('without keys mail leaves as it came', async () => {
  assert.doesNotMatch(String(await send()), /DKIM-Signature/)
})

test('from the first keys to the next: never a signature that DNS does not know', async () => {
  await create()
  assert.deepEqual((await keys('NEXT')).map(({ publication, algorithm }) => `${algorithm} ${publication}`).sort(), [
    'ED25519 missing',
    'RSA missing',
  ])
  await assert.rejects(activate(), isRefusal('conflict'))
  assert.doesNotMatch(String(await send()), /DKIM-Signature/)
  await publish()
  await activate()
  const first = await keys('ACTIVE')
  assert.deepEqual(await results(await send()), passing(first))

  await create()
  await assert.rejects(create(), isRefusal('conflict'), 'there are next keys already')
  await assert.rejects(activate(), isRefusal('conflict'))
  assert.deepEqual(await results(await send()), passing(first))
  await publish()
  await activate()
  const second = await keys('ACTIVE')
  assert.equal(second.length, 2)
  assert.deepEqual(await results(await send()), passing(second))
  assert.deepEqual(
    (await keys('RETIRED')).map(({ selector }) => selector).sort(),
    first.map(({ selector }) => selector).sort(),
  )
})

test('a retired key cannot sign any more: its private half is destroyed', async () => {
  await create()
  await activate({ isUnpublishedAllowed: true })
  await create()
  await activate({ isUnpublishedAllowed: true })
  const rows = await rig.query('SELECT FROM dkim_keys WHERE (state = $1) <> (sealed_private_key IS NULL)', ['RETIRED'])
  assert.equal(rows.length, 0)
  assert.equal((await keys('RETIRED')).length, 2)
})

test('half of the keys in DNS, or another key under the name, is not enough', async () => {
  await create()
  const [one, other] = await keys('NEXT')
  assert.ok(one && other)
  const zone = names.zone as Record<string, readonly string[]>
  zone[`TXT ${one.recordName}`] = [one.recordText]
  await assert.rejects(activate(), isRefusal('conflict'))
  zone[`TXT ${other.recordName}`] = [one.recordText]
  assert.equal((await keys('NEXT')).find(({ selector }) => selector === other.selector)?.publication, 'differs')
  await assert.rejects(activate(), isRefusal('conflict'))
})

test('an operator who knows better may switch all the same; the record says so', async () => {
  await create()
  await activate({ isUnpublishedAllowed: true })
  const [record] = await rig.query<{ action: string; details: { unseenInDns: string[] } }>(
    'SELECT action, details FROM audit_records ORDER BY id DESC LIMIT 1',
  )
  assert.equal(record?.action, 'dkim.activate')
  assert.equal(record?.details.unseenInDns.length, 2)
})

test('nobody but an operator does any of it, and only for a hosted domain', async () => {
  const { listDkimKeys } = await import('#lib/dkim/list-dkim-keys.ts')
  const { createNextKeys } = await import('#lib/dkim/create-next-keys.ts')
  await assert.rejects(create(agent), isRefusal('forbidden'))
  await assert.rejects(activate({}, agent), isRefusal('forbidden'))
  await assert.rejects(listDkimKeys(agent), isRefusal('forbidden'))
  await assert.rejects(createNextKeys(operator, { domain: 'elsewhere.test' }), isRefusal('not_found'))
})

test('our own reports are signed too; mail from outside is passed on as it is', async () => {
  await create()
  await publish()
  await activate()
  sink.behave({ answer: (command) => (/refused/.test(command) ? '550 5.1.1 no such person' : null) })
  const report = await send({ sender: 'boss@partner.test', to: ['refused@remote.test'] })
  sink.behave({ answer: () => null })
  assert.match(String(report), /From: .*<mailer-daemon@infonia.test>/)
  assert.deepEqual(await results(report), passing(await keys('ACTIVE')))
  assert.doesNotMatch(String(await send({ listener: 'mx', owner: null, sender: 'x@other.test' })), /DKIM-Signature/)
})

test('a key that does not open holds the mail back; with the right key it leaves signed', async () => {
  await create()
  await publish()
  await activate()
  const sealed = 'sealed_private_key = set_byte(sealed_private_key, 20, get_byte(sealed_private_key, 20) # 1)'
  await relay.close()
  await rig.query(`UPDATE dkim_keys SET ${sealed} WHERE state = 'ACTIVE'`)
  const faults: unknown[] = []
  relay = startTestRelay(rig, sink.port, { onFault: (error) => faults.push(error) })
  const arriving = send()
  const attempts = () => rig.query<{ enhanced_status: string }>('SELECT enhanced_status FROM delivery_attempts')
  await eventually(async () => assert.equal((await attempts())[0]?.enhanced_status, '4.7.5'))
  assert.equal(faults.length, 1)
  await rig.query(`UPDATE dkim_keys SET ${sealed} WHERE state = 'ACTIVE'`)
  await rig.query('UPDATE queued_recipients SET next_attempt_at = now()')
  relay.wake()
  assert.deepEqual(await results(await arriving), passing(await keys('ACTIVE')))
})

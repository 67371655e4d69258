/** Who is connected now: what the owner of a mailbox sees of it, and how they send somebody away. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { endLiveSession, listLiveSessions } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const engine = await startEngine({
  workers: 2,
  policy: ({ connections }) => {
    connections.unlimitedNetworks = ['127.0.0.1']
  },
})
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const hanako = await engine.addMailbox('hanako')

describe('mail programs that are connected', () => {
  const sessionsSeen = (count: number) =>
    eventually(async () => {
      const sessions = await listLiveSessions(taro.actor)
      assert.equal(sessions.length, count)
      return sessions
    })

  it('are listed with the name that they give, until they go', async () => {
    const client = await ImapClient.connect(engine)
    await client.ok('ID ("name" "Kumo Mail" "version" "7.1" "os" "x")')
    await client.ok(`LOGIN ${taro.credential.username} ${taro.credential.password}`)
    const [session] = await sessionsSeen(1)
    assert.equal(session?.clientName, 'Kumo Mail 7.1')
    assert.equal(session?.listener, 'imaps')
    assert.equal(session?.address, '127.0.0.1')
    assert.match(session?.tlsVersion ?? '', /^TLSv1\.[23]$/)
    assert.equal((await listLiveSessions(hanako.actor)).length, 0)
    client.close()
    await sessionsSeen(0)
  })

  it('are told goodbye when their owner ends them; nobody else can', async () => {
    const client = await ImapClient.login(engine, taro.credential)
    const other = await ImapClient.login(engine, taro.credential)
    const [, first] = await sessionsSeen(2)
    assert.ok(first)
    await assert.rejects(endLiveSession(hanako.actor, { sessionId: first.id }), { code: 'not_found' })
    await endLiveSession(taro.actor, { sessionId: first.id })
    await client.wire.until(/^\* BYE This connection was ended in the portal\r\n/)
    const [left] = await sessionsSeen(1)
    assert.notEqual(left?.id, first.id)
    await other.ok('NOOP')
    const record = await prisma().auditRecord.findFirstOrThrow({ where: { action: 'liveSession.end' } })
    assert.equal(record.mailboxId, taro.id)
    other.close()
    await sessionsSeen(0)
  })

  it('are thirty of one address that send, at all workers together', async () => {
    const clients = await Promise.all(
      Array.from({ length: 60 }, () => WireClient.connect({ port: engine.ports.mx, localAddress: '127.0.0.68' })),
    )
    await eventually(async () => assert.equal(clients.filter(({ isClosed }) => !isClosed).length, 30))
    for (const client of clients) client.close()
  })

  it('of a worker that was killed are forgotten', async () => {
    const client = await ImapClient.login(engine, taro.credential)
    const [session] = await sessionsSeen(1)
    await prisma()
      .$executeRaw`UPDATE live_sessions SET seen_at = now() - interval '101 seconds' WHERE id = ${session?.id}::uuid`
    await sessionsSeen(0)
    client.close()
  })
})

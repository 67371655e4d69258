/** Logins that the engine saw, counted without names and only from five people up; and what an agent confirmed. */
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { decideClientReport } from '#lib/evidence/decide-client-report.ts'
import { listClientReports } from '#lib/evidence/list-client-reports.ts'
import { loadEvidence } from '#lib/evidence/load-evidence.ts'
import { reportClient } from '#lib/evidence/report-client.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import type { TestSubscriber } from '#tests/support/mailbox.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

type Person = TestSubscriber

const agent = { accountId: crypto.randomUUID(), role: 'SUPPORT_AGENT', customerId: null } as const
const people: Person[] = []
const engine = await startEngine()
after(() => engine.stop())
for (const name of ['taro', 'hanako', 'jiro', 'saburo', 'shiro']) people.push(await engine.addMailbox(name))

async function readWith(person: Person, id: string): Promise<void> {
  const client = await ImapClient.login(engine, person.credential)
  await client.ok(`ID ${id}`)
  await client.logout()
}

const sightingsOf = (clientId: string) => prisma().clientSighting.findMany({ where: { clientId } })

async function noted(clientId: string, count: number): Promise<void> {
  await eventually(async () => assert.equal((await sightingsOf(clientId)).length, count))
}

describe('programs that the engine saw', () => {
  const thunderbird = '("name" "Thunderbird" "version" "128.4.0esr")'

  it('are shown when the fifth person uses one, and not before', async () => {
    const [first, ...others] = people
    assert.ok(first)
    for (const person of others) await readWith(person, thunderbird)
    await noted('thunderbird', 4)
    assert.equal((await loadEvidence())('thunderbird').people, null)
    await readWith(first, thunderbird)
    await readWith(first, '("name" "Thunderbird" "version" "115.0")')
    await noted('thunderbird', 5)
    assert.equal((await loadEvidence())('thunderbird').people, 5)
  })

  it('are noted by what a message says that wrote it, after a login', async () => {
    for (const person of people.slice(0, 2)) {
      const client = await loggedInClient(engine, person.credential)
      const text = `From: <${person.address}>\r\nX-Mailer: Becky! ver. 2.81.02 [ja]\r\n\r\nhello\r\n`
      assert.match(await sendMessage(client, person.address, person.address, text), /^250 /)
      client.close()
    }
    await noted('becky-2-current', 2)
  })

  it('leave nothing by which to know anybody, and nothing of a program that is not in the catalogue', async () => {
    const [person] = people
    assert.ok(person)
    await readWith(person, `("name" "mailer of ${person.address}")`)
    const rows = await prisma().clientSighting.findMany()
    assert.equal(rows.length, 7)
    for (const { witness, version } of rows) {
      assert.equal(witness.length, 16)
      assert.match(version, /^\d{1,4}$/)
    }
    assert.equal(new Set(rows.map(({ witness }) => Buffer.from(witness).toString('hex'))).size, 7)
  })
})

describe('reports of subscribers', () => {
  it('are shown when an agent has confirmed them; a second word replaces the first', async () => {
    const [taro, hanako] = people
    assert.ok(taro && hanako)
    const said = { mailboxId: taro.id, clientId: 'outlook-98', method: 'smtp-auth' } as const
    await reportClient(taro.actor, { ...said, outcome: 'fails' })
    await reportClient(taro.actor, { ...said, outcome: 'works' })
    const [report, ...more] = await listClientReports(agent)
    assert.ok(report)
    assert.deepEqual([more.length, report.works, report.lastLoginAt], [0, true, null])
    assert.equal((await loadEvidence())('outlook-98').worksFor, 0)
    await decideClientReport(agent, { reportId: report.id, verdict: 'confirmed' })
    assert.equal((await loadEvidence())('outlook-98').worksFor, 1)
    await assert.rejects(decideClientReport(agent, { reportId: report.id, verdict: 'setAside' }), { code: 'not_found' })
    await reportClient(taro.actor, { ...said, outcome: 'fails' })
    assert.equal((await loadEvidence())('outlook-98').worksFor, 0, 'it waits for an agent again')
  })

  it('are made for one’s own mailbox, and decided by agents', async () => {
    const [taro, hanako] = people
    assert.ok(taro && hanako)
    const said = { mailboxId: hanako.id, clientId: 'outlook-98', method: 'smtp-auth', outcome: 'works' } as const
    await assert.rejects(reportClient(taro.actor, said), { code: 'not_found' })
    await assert.rejects(listClientReports(taro.actor), { code: 'forbidden' })
    const reportId = crypto.randomUUID()
    await assert.rejects(decideClientReport(taro.actor, { reportId, verdict: 'confirmed' }), { code: 'forbidden' })
  })
})

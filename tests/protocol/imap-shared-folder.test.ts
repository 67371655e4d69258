import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, describe, it } from 'node:test'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, result, untagged } from '#tests/support/imap-talk.ts'
import { fillMailbox } from '#tests/support/pop3-talk.ts'

const hello = 'Subject: hello\r\n\r\nHello\r\n'

const engine = await startEngine({ workers: 2 })
const taro = await engine.addMailbox('taro')
let clients: ImapClient[] = []
after(async () => {
  for (const client of clients) client.close()
  await engine.stop()
})

describe('several IMAP sessions on one folder, over two processes', () => {
  /** The kernel spreads connections over the workers; of six some are surely in either. */
  async function sessions(folder: string, count = 6): Promise<ImapClient[]> {
    for (const client of clients) client.close()
    clients = await Promise.all(Array.from({ length: count }, () => ImapClient.login(engine, taro.credential)))
    await clients[0]?.ok(`CREATE ${folder}`)
    for (const client of clients) await client.ok(`SELECT ${folder}`)
    return clients
  }

  it('tells all of them of new messages, flags and removals', async () => {
    const [first, ...others] = (await sessions('one')) as [ImapClient, ...ImapClient[]]
    await first.append('one', hello)
    await first.append('one', hello, '\\Seen')
    for (const other of others) {
      const lines = untagged(await other.ok('NOOP'))
      assert.equal(lines[0], '* 2 EXISTS')
      assert.match(lines[1] ?? '', /^\* \d RECENT$/)
      assert.equal(lines.length, 2)
    }
    await first.ok('STORE 1 +FLAGS (\\Deleted $x)')
    for (const other of others) {
      assert.match(
        (await other.ok('NOOP')).replaceAll(' \\Recent', ''),
        /^\* FLAGS \(.*\$x\)\r\n\* 1 FETCH \(UID 1 FLAGS \(\\Deleted \$x\)\)\r\n/,
      )
      assert.deepEqual(untagged(await other.ok('NOOP')), [])
    }
    assert.deepEqual(untagged(await first.ok('NOOP')), [])
    assert.deepEqual(untagged(await first.ok('EXPUNGE')), ['* 1 EXPUNGE'])
    for (const other of others) {
      assert.deepEqual(untagged(await other.ok('NOOP')), ['* 1 EXPUNGE'])
      assert.match(await other.ok('FETCH 1 (UID)'), /^\* 1 FETCH \(UID 2\)/)
    }
  })

  it('\\Recent is told to one of them only', async () => {
    const all = await sessions('recent')
    const answers = [await all[0]?.ok('APPEND recent ', [hello, ''])]
    for (const client of all.slice(1)) answers.push(await client.ok('NOOP'))
    const counts = answers.map((answer) => /(\d+) RECENT/.exec(answer ?? '')?.[1])
    assert.deepEqual(counts, ['1', '0', '0', '0', '0', '0'])
  })

  it('holds EXPUNGE back while a client counts in sequence numbers', async () => {
    const [first, other] = (await sessions('three', 2)) as [ImapClient, ImapClient]
    for (let count = 0; count < 3; count += 1) await first.append('three', hello)
    await other.ok('NOOP')
    await first.ok('STORE 1 +FLAGS (\\Deleted)')
    await first.ok('EXPUNGE')
    for (const command of ['SEARCH ALL', 'SORT (SIZE) UTF-8 ALL', 'FETCH 2 UID', 'STORE 2 +FLAGS (\\Seen)']) {
      const answer = await other.ask(command)
      assert.equal(result(answer), 'OK [EXPUNGEISSUED]', command)
      assert.doesNotMatch(answer, /\d EXPUNGE/, command)
    }
    const answer = await other.ask('FETCH 1:3 UID')
    assert.deepEqual(untagged(answer), ['* 2 FETCH (UID 2)', '* 3 FETCH (UID 3)'])
    assert.equal(result(answer), 'OK [EXPUNGEISSUED]')
    assert.match(await other.ok('UID FETCH 3 UID'), /\* 3 FETCH \(UID 3\)\r\n\* 1 EXPUNGE\r\n/)
    assert.match(await other.ok('FETCH 2 UID'), /\* 2 FETCH \(UID 3\)/)
  })

  it('IDLE tells of a delivery, a flag, a removal, in every process', async (context) => {
    const [first, ...others] = (await sessions('INBOX2')) as [ImapClient, ...ImapClient[]]
    for (const other of others) {
      other.wire.send('i IDLE\r\n')
      await other.wire.until(/^\+ idling\r\n/)
    }
    const times: number[] = []
    const timed = async (act: () => Promise<unknown>, pattern: RegExp) => {
      const done = Promise.all(others.map((other) => other.wire.until(pattern).then(() => performance.now())))
      await act()
      const from = performance.now()
      for (const at of await done) times.push(at - from)
    }
    for (let round = 1; round <= 10; round += 1) {
      await timed(() => first.append('INBOX2', hello), /\* 1 EXISTS\r\n\* \d RECENT\r\n/)
      await timed(() => first.ok('STORE 1 +FLAGS (\\Deleted)'), /\* 1 FETCH \(.*Deleted.*\r\n/)
      await timed(() => first.ok('EXPUNGE'), /\* 1 EXPUNGE\r\n/)
    }
    times.sort((one, other) => one - other)
    const median = times[Math.floor(times.length / 2)] ?? 0
    context.diagnostic(`median ${median.toFixed(1)} ms`)
    for (const other of others) {
      other.wire.send('DONE\r\n')
      await other.wire.until(/^i OK .*\r\n/)
    }
  })

  it('IDLE hears of mail that comes by another door', async () => {
    const [first] = (await sessions('unused', 1)) as [ImapClient]
    await first.ok('SELECT INBOX')
    first.wire.send('i IDLE\r\n')
    await first.wire.until(/^\+ idling\r\n/)
    const socket = connect(engine.ports.mx, '127.0.0.1')
    const lines = [
      'EHLO x.example',
      'MAIL FROM:<a@b.example>',
      `RCPT TO:<${taro.address}>`,
      'DATA',
      `${hello}.`,
      'QUIT',
    ]
    socket.on('data', (data) => {
      if (/^\d{3} /m.test(data.toString())) socket.write(`${lines.shift() ?? ''}\r\n`)
    })
    await first.wire.until(/\* 1 EXISTS\r\n/)
    socket.destroy()
  })

  it('ends the sessions that look at a folder when another deletes it', async () => {
    const [first, other] = (await sessions('doomed', 2)) as [ImapClient, ImapClient]
    await first.ok('DELETE doomed')
    await first.ok('NOOP')
    other.wire.send('n NOOP\r\n')
    assert.match(await other.wire.rest(), /^\* BYE /)
  })

  it('never gives a UID twice and keeps UIDVALIDITY, though the last messages go and every process is killed', async () => {
    const [first, other] = (await sessions('kept', 2)) as [ImapClient, ImapClient]
    const validityIn = async (client: ImapClient) => /UIDVALIDITY (\d+)/.exec(await client.ok('SELECT kept'))?.[1]
    const validity = await validityIn(first)
    const given = new Set<number>()
    for (let round = 0; round < 10; round += 1) {
      const uids = await Promise.all([first, other].map((client) => client.append('kept', hello)))
      for (const uid of uids) {
        assert.ok(!given.has(uid) && uid > Math.max(0, ...given) - uids.length)
        given.add(uid)
      }
      const remover = round % 2 === 0 ? first : other
      await remover.ok('NOOP')
      await remover.ok('STORE 1:* +FLAGS.SILENT (\\Deleted)')
      await remover.ok('EXPUNGE')
    }
    assert.equal(given.size, 20)
    for (const worker of engine.workers) worker.kill('SIGKILL')
    await Promise.all([first.wire.rest(), other.wire.rest()])
    await engine.restart()
    const [again] = (await sessions('unused-after', 1)) as [ImapClient]
    assert.equal(await validityIn(again), validity)
    assert.equal(await again.append('kept', hello), 21)
  })

  it('reads on while POP3-like removals happen elsewhere, and never mixes messages up', async () => {
    const hanako = await engine.addMailbox('hanako')
    await fillMailbox(
      engine,
      hanako.id,
      Array.from({ length: 200 }, (_, index) => `Subject: ${index + 1}\r\n\r\n${index + 1}\r\n`),
    )
    const reader = await ImapClient.login(engine, hanako.credential)
    const remover = await ImapClient.login(engine, hanako.credential)
    await reader.ok('SELECT INBOX')
    await remover.ok('SELECT INBOX')
    const removing = (async () => {
      for (let uid = 1; uid <= 200; uid += 3) {
        await remover.ok(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`)
        await remover.ok('EXPUNGE')
      }
    })()
    for (let round = 0; round < 20; round += 1) {
      const answer = await reader.ask('UID FETCH 1:* (BODY.PEEK[TEXT])')
      for (const [, uid, text] of answer.matchAll(/FETCH \(UID (\d+) BODY\[TEXT\] \{\d+\}\r\n(\d+)\r\n/g))
        assert.equal(uid, text)
    }
    await removing
    await reader.ok('NOOP')
    assert.equal(untagged(await reader.ok('SEARCH ALL'))[0]?.split(' ').length, 2 + 133)
    reader.close()
    remover.close()
  })
})

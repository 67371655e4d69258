/**
 * What a hostile IMAP client can do: nothing but hear BAD or NO, or lose its own connection. Beside it a session that
 * asks for nothing special is answered all the time.
 */
import assert from 'node:assert/strict'
import { after, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient, result } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { startProbe } from '#tests/support/probe.ts'

type Door = 'stranger' | 'customer'
type Attempt = {
  readonly name: string
  readonly from: Door
  /** in bytes, the first tag is a; a CRLF comes behind each */
  readonly says: readonly string[]
  readonly hears: RegExp
  /** the connection is over */
  readonly ends?: true
}

const times = (count: number, text: string) => text.repeat(count)
const hello = 'Subject: hello\r\n\r\nHello\r\n'

const attempts: readonly Attempt[] = [
  ...['4294967296', '18446744073709551616', '1000000000', '99999999999999999999'].flatMap((size): Attempt[] => [
    { name: `a literal of ${size} bytes`, from: 'stranger', says: [`a LOGIN {${size}}`], hears: /^a BAD / },
    {
      name: `an unannounced literal of ${size} bytes`,
      from: 'stranger',
      says: [`a LOGIN {${size}+}`],
      hears: /^a BAD .*\* BYE /s,
      ends: true,
    },
    {
      name: `APPEND of ${size} bytes`,
      from: 'customer',
      says: [`a APPEND INBOX {${size}}`],
      hears: /^a NO \[TOOBIG\] /,
    },
    {
      name: `APPEND of a literal8 of ${size} bytes`,
      from: 'customer',
      says: [`a APPEND INBOX ~{${size}}`],
      hears: /^a NO \[TOOBIG\] /,
    },
  ]),
  ...['-1', '0x10', '1e9', '', ' 1', '1 '].map(
    (size): Attempt => ({
      name: `a literal of {${size}}`,
      from: 'stranger',
      says: [`a LOGIN {${size}}`],
      hears: /^a BAD /,
    }),
  ),
  {
    name: 'an unannounced literal of 4097 bytes',
    from: 'stranger',
    says: [`a LOGIN {4097+}`, `${times(4_097, 'x')} x`],
    hears: /^a BAD /,
  },
  ...(['stranger', 'customer'] as const).flatMap((from) =>
    ['(', ')', '[', '"', '\\', '{', '}', '%', '*'].map(
      (character): Attempt => ({
        name: `a million ${character} from a ${from}`,
        from,
        says: [`a SEARCH ${times(1_000_000, character)}`],
        hears: /^\* BAD /,
      }),
    ),
  ),
  ...['NOT ', 'OR ALL ', '(', 'OR (ALL ALL) '].map(
    (key): Attempt => ({
      name: `SEARCH nested 10,000 deep by ${key}`,
      from: 'customer',
      says: ['a SELECT INBOX', `b SEARCH ${times(10_000, key).slice(0, 60_000)}ALL`],
      hears: /^b BAD /m,
    }),
  ),
  {
    name: 'SEARCH of 5,000 keys',
    from: 'customer',
    says: ['a SELECT INBOX', `b SEARCH ${times(5_000, 'ALL ')}ALL`],
    hears: /^b BAD /m,
  },
  { name: 'LIST with 1,000 wildcards', from: 'customer', says: [`a LIST "" "${times(500, '*%')}"`], hears: /^a OK /m },
  {
    name: 'SEARCH for 33 texts',
    from: 'customer',
    says: ['a SELECT INBOX', `b SEARCH ${times(33, 'NOT TEXT x ')}ALL`],
    hears: /^b BAD /m,
  },
  {
    name: 'SEARCH for 32 texts',
    from: 'customer',
    says: ['a SELECT INBOX', `b SEARCH ${times(31, 'NOT BODY xyzzy ')}OR TEXT plugh SUBJECT hello`],
    hears: /^\* SEARCH .*\r\nb OK /m,
  },
  {
    name: 'LIST with 500 separate wildcards',
    from: 'customer',
    says: [`a LIST "" "${times(500, '*a')}"`],
    hears: /^a BAD /m,
  },
  {
    name: 'LIST with 1,000 patterns',
    from: 'customer',
    says: [`a LIST "" (${times(1_000, 'a ')}a)`],
    hears: /^a BAD /m,
  },
  {
    name: 'FETCH of a set of 30,000 ones',
    from: 'customer',
    says: ['a SELECT INBOX', `b FETCH ${times(30_000, '1,')}1 UID`],
    hears: /^\* 1 FETCH \(UID \d+\)\r\nb OK /m,
  },
  {
    name: 'UID FETCH 1:4294967295',
    from: 'customer',
    says: ['a SELECT INBOX', 'b UID FETCH 1:4294967295 UID'],
    hears: /^b OK /m,
  },
  ...[
    'FETCH 1:4294967295 UID',
    'UID FETCH 4294967296 UID',
    'FETCH 0 UID',
    'FETCH 1:-1 UID',
    'FETCH $$ UID',
    `FETCH 1 BODY[${times(10_000, '1.')}1]`,
    `FETCH 1 BINARY[${times(10_000, '1.')}1]`,
    'FETCH 1 BODY[]<0.0>',
    'FETCH 1 BODY[]<0.4294967296>',
    'FETCH 1 BODY[99999999999]',
    `FETCH 1 (${times(1_000, 'FLAGS ')}FLAGS)`,
    'FETCH 1 (FLAGS) (CHANGEDSINCE 1 VANISHED)',
    `FETCH 1 BODY[HEADER.FIELDS (${times(1_000, 'a ')}a)]`,
  ].map(
    (command): Attempt => ({
      name: command.slice(0, 50),
      from: 'customer',
      says: ['a SELECT INBOX', `b ${command}`],
      hears: /^b BAD /m,
    }),
  ),
  {
    name: 'a partial of 4 GiB',
    from: 'customer',
    says: ['a SELECT INBOX', 'b FETCH 1 BODY.PEEK[]<0.4294967295>'],
    hears: new RegExp(`\\{${hello.length}\\}`),
  },
  {
    name: 'SORT by 1,000 keys',
    from: 'customer',
    says: ['a SELECT INBOX', `b SORT (${times(1_000, 'SIZE ')}SIZE) UTF-8 ALL`],
    hears: /^b BAD /m,
  },
  {
    name: 'APPEND with a bare LF is mended, with NUL refused',
    from: 'customer',
    says: ['a APPEND junk {3+}', 'a\nb', 'b APPEND INBOX {3+}', 'a\0b'],
    hears: /^a NO \[TRYCREATE\].*^b NO /ms,
  },
  {
    name: 'MULTIAPPEND of 1,001 messages',
    from: 'customer',
    says: [`a APPEND INBOX ${times(1_000, '{1+}\r\nx ')}{1+}`, 'x'],
    hears: /^a NO \[LIMIT\] /m,
  },
  {
    name: 'STORE of 1,000 keywords',
    from: 'customer',
    says: ['a SELECT INBOX', `b STORE 1 FLAGS (${Array.from({ length: 1_000 }, (_, at) => `k${at}`).join(' ')})`],
    hears: /^b BAD /m,
  },
  { name: 'a tag of 64 KiB', from: 'customer', says: [`${times(65_000, 't')} NOOP`], hears: /^\* BAD / },
  ...['* NOOP', '+ NOOP', 'a\\ NOOP', '(a NOOP', 'a', '', ' '].map(
    (line): Attempt => ({
      name: `the line ${JSON.stringify(line)}`,
      from: 'customer',
      says: [line],
      hears: /^\S+ BAD /,
    }),
  ),
  { name: 'a tag with CR', from: 'customer', says: ['a\rb NOOP'], hears: /^\* BAD / },
  ...['"&"', '"&AGE-"', '"&!-"', '"\xff"'].map(
    (name): Attempt => ({
      name: `a folder called ${name}, which is no UTF-7`,
      from: 'customer',
      says: [`a CREATE ${name}`],
      hears: /^a NO \[CANNOT\] /,
    }),
  ),
  ...[
    '"../../etc"',
    '"/"',
    '"a//b"',
    '"."',
    `"${times(600, 'a')}"`,
    `"${times(40, 'a/')}a"`,
    `"${times(1_000, 'a/')}a"`,
    `{3+}\r\na\0b`,
    '{4+}\r\na\r\nb',
    `"${times(10_000, 'x')}"`,
  ].map(
    (name): Attempt => ({
      name: `a folder called ${name.slice(0, 20).replaceAll('\0', '\\0').replaceAll('\r\n', ' ')} (${name.length})`,
      from: 'customer',
      says: [`a CREATE ${name}`],
      hears: /^a NO \[CANNOT\] /,
    }),
  ),
  {
    name: 'ENABLE of 5,000 things',
    from: 'customer',
    says: [`a ENABLE ${times(5_000, 'X ').trim()}`],
    hears: /^\* ENABLED\r\na OK /,
  },
  { name: 'ENABLE before the login', from: 'stranger', says: ['a ENABLE IMAP4rev2'], hears: /^a BAD / },
  {
    name: 'NOTIFY, which is not offered',
    from: 'customer',
    says: ['a NOTIFY SET (personal (MessageNew))'],
    hears: /^a BAD /,
  },
  { name: 'COMPRESS before the login', from: 'stranger', says: ['a COMPRESS DEFLATE'], hears: /^a BAD / },
  {
    name: 'CR LF within ID',
    from: 'customer',
    says: ['a ID ("name" {13+}\r\nx\r\n* BYE evil "version" "1")'],
    hears: /^a BAD |^\* ID \("name" "mail-engine"\)\r\na /,
  },
  {
    name: 'ID as long as it may be',
    from: 'stranger',
    says: [`a ID (${Array.from({ length: 30 }, () => `"${times(30, 'f')}" "${times(1_024, 'v')}"`).join(' ')})`],
    hears: /a OK /,
  },
  { name: 'ID of 100 fields', from: 'customer', says: [`a ID (${times(100, '"a" "b" ')}"a" "b")`], hears: /^a BAD / },
  {
    name: 'RENAME of INBOX, again and again',
    from: 'customer',
    says: Array.from({ length: 50 }, (_, at) => `${at === 49 ? 'a' : 'x'} RENAME INBOX in/${at}`),
    hears: /^a OK /m,
  },
  {
    name: 'COPY into the folder itself, again and again',
    from: 'customer',
    says: ['x SELECT INBOX', ...Array.from({ length: 8 }, (_, at) => `${at === 7 ? 'a' : 'x'} COPY 1:* INBOX`)],
    hears: /^a OK /m,
  },
  { name: 'IDLE that ends in a long line', from: 'customer', says: ['a IDLE', times(100_000, 'x')], hears: /^a BAD /m },
]

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const probe = await startProbe(engine, (await engine.addMailbox('probe')).credential)

describe('IMAP under abuse', () => {
  const figures = matrix('imap-abuse', 'Abuse of IMAP that ended a process, or was obeyed: none')

  async function make({ from, says, hears, ends }: Attempt): Promise<void> {
    const customer = await ImapClient.login(engine, taro.credential)
    if (from === 'customer') await customer.append('INBOX', hello)
    const client = from === 'customer' ? customer : await ImapClient.connect(engine)
    for (const line of says) client.wire.send(`${line}\r\n`)
    if (ends) {
      assert.match(await client.wire.rest(), hears)
    } else {
      client.wire.send('zz NOOP\r\n')
      assert.match(await client.wire.until(/(^|\r\n)zz [A-Z]+ [^\r\n]*\r\n/), hears)
    }
    client.close()
    // Whatever it was, the next one is served.
    const next = await ImapClient.login(engine, taro.credential)
    assert.equal(result(await next.ask('NOOP')), 'OK')
    await next.ok('SELECT INBOX')
    if (from === 'customer') {
      await next.ok('STORE 1:* +FLAGS.SILENT (\\Deleted)')
      await next.ok('CLOSE')
    }
    next.close()
    customer.close()
  }

  for (const attempt of attempts) figures.check(attempt.name, () => make(attempt))

  figures.check('APPEND into a full mailbox is refused before the message is sent', async () => {
    const full = await engine.addMailbox('full')
    await prisma().mailbox.update({ where: { id: full.id }, data: { quotaBytes: 1, usedBytes: 1 } })
    const client = await ImapClient.login(engine, full.credential)
    for (let count = 0; count < 100; count += 1) {
      assert.equal(result(await client.ask('APPEND INBOX {30000000}')), 'NO [OVERQUOTA]')
    }
    client.close()
  })

  figures.check('there is an end to the folders of a mailbox, and all of them are listed', async () => {
    const client = await ImapClient.login(engine, taro.credential)
    let answer = ''
    for (let count = 0; count < 2_100 && !answer.startsWith('NO'); count += 1) {
      answer = result(await client.ask(`CREATE many/${count}`))
    }
    assert.equal(answer, 'NO [LIMIT]')
    await client.ok('LIST "" *')
    client.close()
  })

  figures.check('300 connections in IDLE, and the probe goes on', async () => {
    const clients = await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const client = await ImapClient.login(engine, taro.credential)
        client.wire.send(`i${at} IDLE\r\n`)
        await client.wire.until(/^\+ idling\r\n/)
        return client
      }),
    )
    for (const client of clients) client.wire.vanish()
    const next = await ImapClient.login(engine, taro.credential)
    await next.ok('NOOP')
    next.close()
  })

  figures.check('the probe was answered throughout, by the process that was there from the beginning', async () => {
    await probe.stop()
    assert.deepEqual(
      engine.workers.map(({ exitCode, signalCode }) => [exitCode, signalCode]),
      [[null, null]],
    )
  })
})

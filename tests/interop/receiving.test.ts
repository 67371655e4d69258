/** Real clients receive: over POP3 and over IMAP, with TLS from the start and with STARTTLS. */
import assert from 'node:assert/strict'
import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  curl,
  curlList,
  fetchmail,
  getmail,
  mbsync,
  mbsyncBothWays,
  mpop,
  mutt,
  offlineimap,
  python,
  type ReceiveWith,
  type Receiving,
  type ReceivingRun,
  sNail,
} from '#tests/support/clients/receive-with.ts'
import { missing, withHome } from '#tests/support/clients/run-client.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import {
  arrived,
  type InteropRig,
  letter,
  loginMechanism,
  loginRefused,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'
import { loggedInClient, sendMessage } from '#tests/support/smtp-talk.ts'

type Way = Pick<Receiving, 'protocol' | 'tls'>

type Client = {
  readonly receive: ReceiveWith
  /** the name of its Debian package, where that is not the program's */
  readonly debianPackage?: string
  readonly mechanisms: Partial<Record<Way['protocol'], readonly string[]>>
  /** the ways that this client has; all when it is not said */
  readonly tls?: Way['tls']
}

const clients: Readonly<Record<string, Client>> = {
  curl: { receive: curl, mechanisms: { pop3: ['PLAIN', 'LOGIN'], imap: ['PLAIN', 'LOGIN'] } },
  fetchmail: { receive: fetchmail, mechanisms: { pop3: ['USER/PASS'], imap: ['LOGIN command'] } },
  mpop: { receive: mpop, mechanisms: { pop3: ['USER/PASS', 'PLAIN', 'LOGIN', 'SCRAM-SHA-256'] } },
  mutt: {
    receive: mutt,
    mechanisms: { pop3: ['USER/PASS', 'PLAIN', 'SCRAM-SHA-256'], imap: ['PLAIN', 'LOGIN', 'SCRAM-SHA-256'] },
  },
  mbsync: {
    receive: mbsync,
    debianPackage: 'isync',
    mechanisms: { imap: ['LOGIN command', 'PLAIN', 'SCRAM-SHA-256'] },
  },
  getmail: {
    receive: getmail,
    debianPackage: 'getmail6',
    mechanisms: { pop3: ['USER/PASS'], imap: ['LOGIN command'] },
    tls: 'implicit',
  },
  offlineimap: {
    receive: offlineimap,
    debianPackage: 'offlineimap3',
    mechanisms: { imap: ['LOGIN command', 'PLAIN'] },
    // Its STARTTLS fails now and then: its reader and its writer share one TLS object between two threads.
    tls: 'implicit',
  },
  python3: { receive: python, mechanisms: { pop3: ['USER/PASS'], imap: ['LOGIN command', 'PLAIN'] } },
  's-nail': { receive: sNail, mechanisms: { pop3: ['USER/PASS'], imap: ['LOGIN command'] } },
}

const doors = [
  { listener: 'pop3', protocol: 'pop3', tls: 'starttls' },
  { listener: 'pop3s', protocol: 'pop3', tls: 'implicit' },
  { listener: 'imap', protocol: 'imap', tls: 'starttls' },
  { listener: 'imaps', protocol: 'imap', tls: 'implicit' },
] as const

type Door = (typeof doors)[number]

function doorsOf({ mechanisms, tls }: Client): Door[] {
  return doors.filter((door) => door.protocol in mechanisms && (tls ?? door.tls) === door.tls)
}

/** What a line reader and a character set could spoil: dots at the beginning, ISO-2022-JP, a long line. */
const delicateLines = ['..', '.hidden', '\x1b$B$3$s$K$A$O\x1b(B', 'x'.repeat(990), '']

describe('receiving with a real client', () => {
  let rig: InteropRig
  let text: string

  before(async () => {
    rig = await startInteropRig()
    const { engine, taro, jiro } = rig
    const subject = newSubject('delicate')
    text = letter(taro.address, jiro.address, subject) + delicateLines.join('\n')
    const wire = await loggedInClient(engine, taro.credential)
    await sendMessage(wire, taro.address, jiro.address, text.replaceAll(/^\./gm, '..').replaceAll('\n', '\r\n'))
    wire.close()
    await arrived(jiro, subject)
  })
  after(() => rig.stop())

  function receiveThrough(
    receive: ReceiveWith,
    { listener, protocol, tls }: Door,
    mechanism: string,
    password = rig.jiro.credential.password,
  ): (home: string) => Promise<ReceivingRun> {
    const { engine, jiro } = rig
    const login = { mechanism, username: jiro.credential.username, password }
    return (home) =>
      receive(home, { protocol, port: engine.ports[listener], tls, authorityFile: engine.authorityFile, login })
  }

  /** Clients add lines to the header, and some an empty line at the end. */
  function assertGot({ code, output, got }: ReceivingRun): void {
    assert.equal(code, 0, output)
    const [header, body] = splitLetter(text)
    const [gotHeader, gotBody] = splitLetter(got)
    const missingLines = header.split('\n').filter((line) => !gotHeader.split('\n').includes(line))
    assert.deepEqual(missingLines, [], output)
    assert.equal(gotBody.trimEnd(), body.trimEnd())
  }

  for (const [name, client] of Object.entries(clients)) {
    const debianPackage = client.debianPackage ?? name
    const skip = missing(name)
    for (const door of doorsOf(client)) {
      const { listener, protocol, tls } = door
      for (const mechanism of client.mechanisms[protocol] ?? []) {
        it(`${name} by ${mechanism} from ${listener}`, { skip }, () =>
          recorded({ client: debianPackage, protocol, mechanism, tls }, async () => {
            const since = new Date()
            assertGot(await withHome(receiveThrough(client.receive, door, mechanism)))
            assert.equal(await loginMechanism(listener, since), mechanism)
          }),
        )
      }

      it(`${name} hears from ${listener} that a password is wrong`, { skip }, async () => {
        const since = new Date()
        const [mechanism = ''] = client.mechanisms[protocol] ?? []
        const run = await withHome(receiveThrough(client.receive, door, mechanism, 'wrong'))
        assert.equal(run.got, '')
        assert.match(run.output, wrongPassword)
        await loginRefused(listener, since)
      })
    }
  }

  it('curl lists the messages of a mailbox over POP3', { skip: missing('curl') }, () =>
    withHome(async (home) => {
      const { got } = await receiveThrough(curl, doors[1], 'PLAIN')(home)
      const list = await receiveThrough(curlList, doors[1], 'PLAIN')(home)
      assert.equal(list.got.trim(), `1 ${got.replaceAll('\n', '\r\n').length}`, list.output)
    }),
  )

  it('curl lists the folders of a mailbox over IMAP', { skip: missing('curl') }, () =>
    withHome(async (home) => {
      const list = await receiveThrough(curlList, doors[3], 'PLAIN')(home)
      assert.match(list.got, /^\* LIST \([^)]*\) "\/" "?INBOX"?$/m, list.output)
    }),
  )

  it('mbsync carries letters, flags and removals both ways', { skip: missing('mbsync') }, () =>
    withHome(async (home) => {
      const client = await ImapClient.login(rig.engine, rig.jiro.credential)
      const run = async () => {
        const { code, output } = await receiveThrough(mbsyncBothWays, doors[3], 'PLAIN')(home)
        assert.equal(code, 0, output)
      }
      const before = Number(/\* (\d+) EXISTS/.exec(await client.ok('SELECT INBOX'))?.[1])
      await run()
      const inbox = join(home, 'inbox')
      writeFileSync(join(inbox, 'new', 'written-here'), 'From: a@b.example\nSubject: written here\n\nx\n')
      for (const name of readdirSync(join(inbox, 'new')).filter((each) => each !== 'written-here'))
        renameSync(join(inbox, 'new', name), join(inbox, 'cur', `${name.replace(/:2,.*$/, '')}:2,S`))
      await run()
      assert.match(await client.ok('NOOP'), new RegExp(`\\* ${before + 1} EXISTS`))
      assert.match(await client.ok('FETCH 1 FLAGS'), /\\Seen/)
      assert.match(await client.ok(`FETCH ${before + 1} ENVELOPE`), /written here/)
      await client.ok('STORE 1 +FLAGS (\\Flagged)')
      await client.ok(`STORE ${before + 1} +FLAGS (\\Deleted)`)
      await client.ok('EXPUNGE')
      await run()
      const names = ['new', 'cur'].flatMap((part) => readdirSync(join(inbox, part)))
      assert.equal(names.length, before, names.join(' '))
      assert.ok(
        names.some((name) => /:2,[A-Z]*F[A-Z]*S/.test(name)),
        names.join(' '),
      )
      await client.logout()
    }),
  )

  it('fetchmail leaves mail here and fetches nothing twice', { skip: missing('fetchmail') }, () =>
    withHome(async (home) => {
      const run = receiveThrough(fetchmail, doors[1], 'USER/PASS')
      assertGot(await run(home))
      const second = await run(home)
      assert.equal(second.code, FETCHMAIL_NO_NEW_MAIL, second.output)
      assertGot({ ...second, code: 0 })
    }),
  )
})

/** Each in its own words; some end with 0 all the same. */
const wrongPassword = /login denied|authorization failure|authentication failed|password is not right/i

const FETCHMAIL_NO_NEW_MAIL = 1

function splitLetter(text: string): [header: string, body: string] {
  const end = text.indexOf('\n\n')
  return [text.slice(0, end), text.slice(end + 2)]
}

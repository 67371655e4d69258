/** imapflow, by which many a program in JavaScript reads mail: IDLE, CONDSTORE, MOVE, SEARCH and the rest as it uses them. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { ImapFlow } from 'imapflow'
import { eventually } from '#tests/support/eventually.ts'
import {
  type InteropRig,
  letter,
  loginMechanism,
  newSubject,
  recorded,
  startInteropRig,
} from '#tests/support/interop.ts'

const client = 'imapflow'

/** It answers false where the server said no. */
function given<Value>(answer: Value | false | undefined): Value {
  assert.ok(answer)
  return answer
}

describe('imapflow', () => {
  let rig: InteropRig
  before(async () => {
    rig = await startInteropRig()
  })
  after(() => rig.stop())

  function flow(listener: 'imap' | 'imaps', mechanism?: string): ImapFlow {
    const { engine, jiro } = rig
    const { username, password } = jiro.credential
    return new ImapFlow({
      host: 'localhost',
      port: engine.ports[listener],
      secure: listener === 'imaps',
      tls: { ca: readFileSync(engine.authorityFile) },
      auth: { user: username, pass: password, ...(mechanism === undefined ? {} : { loginMethod: mechanism }) },
      logger: false,
    })
  }

  for (const [listener, tls, loginMethod, mechanism] of [
    ['imap', 'starttls', undefined, 'PLAIN'],
    ['imaps', 'implicit', 'AUTH=LOGIN', 'LOGIN'],
    ['imaps', 'implicit', 'LOGIN', 'LOGIN command'],
  ] as const) {
    it(`logs in to ${listener} by ${mechanism}, keeps a letter and reads it`, () =>
      recorded({ client, protocol: 'imap', mechanism, tls }, async () => {
        const { taro, jiro } = rig
        const text = letter(taro.address, jiro.address, newSubject(client)).replaceAll('\n', '\r\n')
        const since = new Date()
        const reader = flow(listener, loginMethod)
        await reader.connect()
        assert.equal(await loginMechanism(listener, since), mechanism)
        const { uid } = given(await reader.append('INBOX', text, ['\\Seen']))
        await reader.mailboxOpen('INBOX')
        const message = await reader.fetchOne(given(uid), { source: true, flags: true, envelope: true }, { uid: true })
        assert.ok(message)
        assert.equal(message.source?.toString('latin1'), text)
        assert.equal(message.envelope?.subject, /^Subject: (.*)\r$/m.exec(text)?.[1])
        assert.ok(message.flags?.has('\\Seen'))
        await reader.logout()
      }))
  }

  it('hears of new mail while it idles, finds Japanese words, moves and removes', async () => {
    const { taro, jiro } = rig
    const watcher = flow('imaps')
    const other = flow('imaps')
    await Promise.all([watcher.connect(), other.connect()])
    const { exists } = await watcher.mailboxOpen('INBOX')
    const heard: number[] = []
    watcher.on('exists', ({ count }: { count: number }) => heard.push(count))
    void watcher.idle()
    const subject = newSubject(client)
    const words = letter(taro.address, jiro.address, subject).replace('hello', 'おはようございます')
    await other.append('INBOX', `Content-Type: text/plain; charset=utf-8\r\n${words.replaceAll('\n', '\r\n')}`)
    await eventually(() => assert.deepEqual(heard, [exists + 1]))

    const found = await watcher.search({ body: 'おはよう' }, { uid: true })
    assert.ok(found && found.length === 1)
    await watcher.mailboxCreate('受信済み')
    const moved = await watcher.messageMove(found, '受信済み', { uid: true })
    assert.ok(moved && moved.uidMap?.size === 1)
    assert.equal(given(await watcher.status('受信済み', { messages: true })).messages, 1)
    const folders = await watcher.list()
    assert.deepEqual(folders.find(({ path }) => path === '受信済み')?.delimiter, '/')
    await watcher.mailboxOpen('受信済み')
    assert.ok(await watcher.messageFlagsAdd('1:*', ['\\Flagged', '$Work']))
    assert.ok(await watcher.messageDelete('1:*'))
    await watcher.mailboxOpen('INBOX')
    await watcher.mailboxDelete('受信済み')
    assert.ok(given(await watcher.getQuota('INBOX')).storage?.limit)
    await Promise.all([watcher.logout(), other.logout()])
  })
})

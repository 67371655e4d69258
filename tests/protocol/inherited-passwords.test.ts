/** Until the day of the policy, a mail program that was never touched reads by the password of the old system. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { plainResponse, smtpClient } from '#tests/support/smtp-talk.ts'

const old = 'Mukashi-1'
const DAY_MS = 86_400_000
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()

const wrong = /^-ERR \[AUTH\] User name or password is not right/
const entered = /^\+OK \d+ messages/

const engine = await startEngine({
  policy: (document) => {
    for (const name of ['pop3', 'imap', 'submission'] as const) document.listeners[name].requireTls = false
    document.inheritedPasswords.readingUntil = fromNow(DAY_MS)
  },
})
after(() => engine.stop())

describe('reading by the password of the old system', () => {
  async function addMailbox(login: string) {
    const { importPassword } = await import('#lib/inherited-passwords/import-password.ts')
    const mailbox = await engine.addMailbox(login, { popBeforeSmtp: true })
    const hash = `{SHA256.hex}${createHash('sha256').update(old).digest('hex')}`
    await importPassword(engine.operator, { address: mailbox.address, hash })
    return mailbox
  }

  async function pop(name: string, password: string, address = '127.0.0.1'): Promise<string> {
    const client = await Pop3Client.connectPlainly(engine, address)
    await client.ask(`USER ${name}`)
    const answer = await client.ask(`PASS ${password}`)
    if (answer.startsWith('+OK')) await client.quit()
    else client.close()
    return answer
  }

  async function imap(name: string, password: string): Promise<string> {
    const client = await ImapClient.connectPlainly(engine)
    const answer = await client.ask(`LOGIN ${name} ${password}`)
    client.wire.close()
    return answer
  }

  async function smtp(name: string, password: string): Promise<string> {
    const client = await smtpClient(engine.ports.submission)
    const answer = await client.command(`AUTH PLAIN ${plainResponse(name, password)}`)
    client.close()
    return answer
  }

  it('opens POP and IMAP, as the mailbox or the whole address, and is on record', async () => {
    const { login, address, id, credential } = await addMailbox('taro')
    for (const name of [login, address]) {
      assert.match(await pop(name, old), entered)
      assert.match(await imap(name, old), /^tag OK /)
    }
    assert.match(await pop(login, credential.password), entered)
    assert.match(await pop(login, `${old}x`), wrong)
    const event = await eventWhere({ kind: 'login', mailboxId: id, listener: 'imap' })
    assert.equal(event.reason, null)
  })

  it('neither sends nor opens a window to send', async () => {
    const { login, id } = await addMailbox('hanako')
    assert.match(await smtp(login, old), /^535 /)
    assert.match(await pop(login, old), entered)
    const { prisma } = await import('#lib/db/prisma.ts')
    assert.equal(await prisma().relayWindow.count({ where: { mailboxId: id } }), 0)
  })

  it('is nobody else’s', async () => {
    const { login } = await engine.addMailbox('jiro')
    for (const name of [login, 'nobody', 'no one at all', 'taro-x7km']) assert.match(await pop(name, old), wrong)
  })

  it('counts as any other password does', async () => {
    const { login } = await addMailbox('kiku')
    for (let index = 0; index < 20; index += 1) assert.match(await pop(login, `guess-${index}`, '127.20.1.1'), wrong)
    assert.match(await pop(login, old, '127.20.1.1'), /^-ERR \[SYS\/TEMP\] Too many wrong passwords/)
    assert.match(await pop(login, old, '127.20.2.1'), entered)
  })

  it('ends with the hash, also for whoever is connected', async () => {
    const { login, address } = await addMailbox('shiro')
    const { forgetInheritedPassword } = await import('#lib/inherited-passwords/list-passwords.ts')
    const client = await ImapClient.connectPlainly(engine)
    assert.match(await client.ask(`LOGIN ${login} ${old}`), /^tag OK /)
    await forgetInheritedPassword(engine.operator, { address, reason: 'has moved' })
    await client.wire.until(/\* BYE /)
    assert.match(await pop(login, old), wrong)
  })

  it('ends for a suspended mailbox', async () => {
    const { login, id } = await addMailbox('haru')
    const { suspendAnyMailbox } = await import('#lib/provisioning/mailboxes.ts')
    const texts = { reason: 'test', textJa: '確認のため', textEn: 'for a check' }
    await suspendAnyMailbox(engine.operator, { mailboxId: id, ...texts })
    assert.match(await pop(login, old), /^-ERR /)
  })

  it('is over on the day of the policy', async () => {
    const { login, credential } = await addMailbox('goro')
    assert.match(await pop(login, old), entered)
    const { changePolicy } = await import('#tests/support/people.ts')
    await changePolicy(engine.operator, ({ inheritedPasswords }) => {
      inheritedPasswords.readingUntil = fromNow(-1_000)
    })
    await eventually(async () => assert.match(await pop(login, old), wrong))
    assert.match(await imap(login, old), /^tag NO \[AUTHENTICATIONFAILED\]/)
    assert.match(await pop(login, credential.password), entered)
  })
})

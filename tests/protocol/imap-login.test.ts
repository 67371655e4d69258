import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { issueCredential, revokeCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('logging in to IMAP', () => {
  const issue = async (scopes: ('submission' | 'pop' | 'imap')[]) => {
    const input = { mailboxId: taro.id, label: 'test', clientId: null, scopes, expiresAt: null }
    const { credential, password } = await issueCredential(taro.actor, input)
    return { ...credential, password }
  }

  const tryPassword = async (name: string, password: string) => {
    const client = await ImapClient.connect(engine)
    const answer = await client.ask(`LOGIN "${name}" "${password}"`)
    client.close()
    return answer
  }

  it('accepts the user name in every form of the notice', async () => {
    const { username, password } = taro.credential
    const forms = ['taro', 'TARO', 'taro@infonia.ne.jp', 'taro%infonia.ne.jp', 'taro@pop.infonia.ne.jp', username]
    for (const form of forms) assert.match(await tryPassword(form, password), /^tag OK /, form)
  })

  it('gives an unknown name and every kind of wrong password the same words, and the owner the cause', async () => {
    const revoked = await issue(['imap'])
    await revokeCredential(taro.actor, { credentialId: revoked.id })
    const expired = await issue(['imap'])
    await prisma().credential.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1_000) } })
    const popOnly = await issue(['pop'])
    const cases = [
      ['nobody', taro.credential.password, 'badCredentials', null],
      ['taro', 'wrong', 'badCredentials', taro.id],
      ['taro', '', 'badCredentials', taro.id],
      ['taro', revoked.password, 'credentialRevoked', taro.id],
      ['taro', expired.password, 'credentialExpired', taro.id],
      ['taro', popOnly.password, 'wrongScope', taro.id],
    ] as const
    const answers = new Set<string>()
    for (const [name, password, reason, mailboxId] of cases) {
      answers.add(await tryPassword(name, password))
      const event = await eventWhere({ listener: 'imaps', loginName: name, reason, mailboxId })
      assert.deepEqual([event.replyCode, event.enhancedStatus, event.mechanism], ['535', '5.7.8', 'LOGIN command'])
    }
    assert.equal(answers.size, 1)
    assert.match([...answers][0] ?? '', /^tag NO \[AUTHENTICATIONFAILED\] User name or password is not right/)
  })

  it('keeps nothing of a message whose client vanishes, and serves the next', async () => {
    const credential = await issue(['imap'])
    const client = await ImapClient.login(engine, credential)
    client.wire.send('a APPEND INBOX {1000}\r\n')
    await client.wire.until(/^\+ /)
    client.wire.send('Subject: half\r\n\r\nhalf a mess')
    client.wire.vanish()
    const event = await eventWhere({ kind: 'sessionEnded', credentialId: credential.id })
    assert.equal(event.detail, 'the client closed the connection')
    const next = await ImapClient.login(engine, taro.credential)
    assert.match(await next.ok('STATUS INBOX (MESSAGES)'), /MESSAGES 0/)
    await next.logout()
  })
})

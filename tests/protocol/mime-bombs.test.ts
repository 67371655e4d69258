/** MIME bombs through the whole engine: taken, read by IMAP and POP3, removed; nobody else notices. */
import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { startProbe } from '#tests/support/probe.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'
import { mimeBombs } from './mime-bombs.ts'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const jiro = await engine.addMailbox('jiro')
const probe = await startProbe(engine, jiro.credential)

describe('MIME bombs', () => {
  beforeEach(() => prisma().message.deleteMany())

  async function deliver(text: string): Promise<string> {
    const client = await smtpClient(engine.ports.mx)
    const answer = await sendMessage(client, 'bomb@example.com', taro.address, text)
    client.close()
    return answer
  }

  const commands = [
    'SELECT INBOX',
    'FETCH 1 (ENVELOPE BODYSTRUCTURE BODY.PEEK[1] BODY.PEEK[HEADER.FIELDS (SUBJECT)])',
    'SEARCH OR TEXT nowhere FROM nobody',
    'LOGOUT',
  ]

  const cases = matrix('mime-bombs', 'Messages that stopped a process or could not be read: none')
  for (const [title, bomb] of Object.entries(mimeBombs)) {
    cases.check(title, async () => {
      assert.match(await deliver(bomb), /^250 2\.0\.0 /)
      const imap = await ImapClient.login(engine, taro.credential)
      imap.wire.send(commands.map((command, index) => `n${index} ${command}\r\n`).join(''))
      const answers = await imap.wire.rest()
      for (const index of commands.keys()) assert.match(answers, new RegExp(`^n${index} OK `, 'm'))
      assert.match(answers, /^\* SEARCH\r\n/m)
      const pop = await Pop3Client.login(engine, taro.credential)
      pop.wire.send('TOP 1 1\r\nDELE 1\r\nQUIT\r\n')
      assert.match(await pop.wire.rest(), /\r\n\.\r\n\+OK [^\r]*\r\n\+OK [^\r]*\r\n$/)
      assert.equal(await prisma().message.count({ where: { mailboxId: taro.id } }), 0)
    })
  }

  it('answered a probe all the while', (context) => probe.stop(context))
})

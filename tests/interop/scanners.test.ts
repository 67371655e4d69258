/** Viruses and spam as ClamAV and rspamd see them, through their own protocols. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, beforeEach, describe } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { scanForVirus } from '#lib/engine/scanners/clamd.ts'
import { currentPolicy, type PolicyDocument } from '#lib/policy/index.ts'
import { missing } from '#tests/support/clients/run-client.ts'
import { type Scanner, startClamd, startRspamd, testSpam, testVirus } from '#tests/support/clients/scanners.ts'
import { startEngine, type TestEngine } from '#tests/support/engine.ts'
import { eventWhere } from '#tests/support/events.ts'
import { eventually } from '#tests/support/eventually.ts'
import type { TestMailbox } from '#tests/support/mailbox.ts'
import { matrix } from '#tests/support/matrix.ts'
import { changePolicy } from '#tests/support/people.ts'
import { loggedInClient, sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

const VIRUS =
  /^550 5\.7\.1 The message carries a virus \(Test-Virus\.UNOFFICIAL\) and was not accepted\. See .*\/g\/V1\r\n$/
const stranger = 'a@nobody.example'

describe('scanners', { skip: missing('clamd') || missing('rspamd') }, () => {
  let clamd: Scanner
  let rspamd: Scanner
  let engine: TestEngine
  let taro: TestMailbox

  before(async () => {
    ;[clamd, rspamd] = await Promise.all([startClamd(), startRspamd()])
    engine = await startEngine({
      environment: { CLAMD: clamd.address, RSPAMD: rspamd.address },
      policy: ({ inbound }) => {
        inbound.trustedNetworks = []
        inbound.senderChecks = 'off'
      },
    })
    taro = await engine.addMailbox('taro')
  })
  after(async () => {
    await engine.stop()
    await Promise.all([clamd.stop(), rspamd.stop()])
  })
  beforeEach(() => prisma().message.deleteMany())

  const attached = (bytes: string) =>
    [
      'Subject: picture',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Look at this.',
      '--b',
      'Content-Type: application/octet-stream; name=picture.com',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(bytes).toString('base64'),
      '--b--',
      '',
    ].join('\r\n')

  async function arrive(text: string): Promise<string> {
    const client = await smtpClient(engine.ports.mx)
    const answer = await sendMessage(client, stranger, taro.address, text)
    client.close()
    return answer
  }

  async function submit(text: string): Promise<string> {
    const client = await loggedInClient(engine, taro.credential)
    const answer = await sendMessage(client, taro.address, taro.address, `From: <${taro.address}>\r\n${text}`)
    client.close()
    return answer
  }

  async function stored() {
    const { mailboxId, folderId, bodyId, prefix } = await prisma().message.findFirstOrThrow({
      where: { mailboxId: taro.id },
    })
    const folder = await prisma().folder.findUniqueOrThrow({ where: { mailboxId_id: { mailboxId, id: folderId } } })
    const body = await prisma().body.findUniqueOrThrow({ where: { mailboxId_id: { mailboxId, id: bodyId } } })
    return {
      folder: folder.name,
      prefix: Buffer.from(prefix).toString(),
      content: Buffer.from(body.content).toString(),
    }
  }

  async function under(change: (rules: PolicyDocument['scanning']) => void, work: () => Promise<void>): Promise<void> {
    const { document } = await currentPolicy()
    await changePolicy(engine.operator, ({ scanning }) => change(scanning))
    await eventually(work).finally(() => changePolicy(engine.operator, (later) => Object.assign(later, document)))
  }

  const cases = matrix('scanners', 'Viruses that got through, and messages that a scanner cost: none')

  cases.check('a virus from outside is refused in the session, and its name is told', async () => {
    assert.match(await arrive(attached(testVirus)), VIRUS)
    assert.equal(await prisma().message.count(), 0)
  })

  cases.check('a virus that a subscriber submits is refused, and they find it in the portal', async () => {
    assert.match(await submit(attached(testVirus)), VIRUS)
    const event = await eventWhere({ reason: 'virusFound', mailboxId: taro.id })
    assert.match(event.detail, /Test-Virus/)
    assert.equal(await prisma().message.count(), 0)
  })

  cases.check('a clean message says that it was looked at, in fields that nobody can forge', async () => {
    const forged = 'X-Spam-Flag: NO\r\nX-Virus-Scanned: forged\r\nx-spam-score: -100\r\n'
    assert.match(await arrive(`${forged}Subject: x\r\n\r\nhello\r\n`), /^250 /)
    const { folder, prefix, content } = await stored()
    assert.equal(folder, 'INBOX')
    assert.match(prefix, /^X-Virus-Scanned: clean\r\nX-Spam-Flag: NO\r\nX-Spam-Score: 0\.00 \/ 15\.00\r$/m)
    assert.equal(content, 'Subject: x\r\n\r\nhello\r\n')
  })

  cases.check('a large message reaches the scanner whole', async () => {
    const text = `Subject: x\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(100_000)}`
    assert.match(await arrive(`${text}${testVirus}\r\n`), VIRUS)
    assert.match(await arrive(text), /^250 /)
  })

  cases.check('what is surely spam is refused, coming in or going out', async () => {
    const text = `Subject: x\r\n\r\n${testSpam.refuse}\r\n`
    assert.match(await arrive(text), /^550 5\.7\.1 The message looks like spam/)
    assert.match(await submit(text), /^550 5\.7\.1 The message looks like spam/)
  })

  cases.check('what is probably spam is marked and goes into the Junk folder', async () => {
    assert.match(await arrive(`Subject: x\r\n\r\n${testSpam.mark}\r\n`), /^250 /)
    const { folder, prefix } = await stored()
    assert.equal(folder, 'Junk')
    assert.match(prefix, /^X-Spam-Flag: YES\r\nX-Spam-Score: 6\.00 \/ 15\.00\r$/m)
  })

  cases.check('or is refused, where the operator says so', () =>
    under(
      (rules) => {
        rules.spam = 'refuse'
      },
      async () => assert.match(await arrive(`Subject: x\r\n\r\n${testSpam.mark}\r\n`), /^550 5\.7\.1 /),
    ),
  )

  cases.check('a clamd that says too much, or not what clamd says, is away', async () => {
    for (const answer of ['x'.repeat(5_000), 'stream: FOUND\0', 'INSTREAM size limit exceeded. ERROR\0', '']) {
      const server = createServer((socket) => socket.on('error', () => {}).end(answer)).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as { port: number }
      await assert.rejects(scanForVirus({ host: '127.0.0.1', port }, Buffer.from('x')))
      server.close()
    }
  })

  cases.check('without the scanners mail comes in with a note, or is asked for again', async () => {
    await Promise.all([clamd.stop(), rspamd.stop()])
    assert.match(await arrive('Subject: x\r\n\r\nhello\r\n'), /^250 /)
    assert.match((await stored()).prefix, /^X-Virus-Scanned: no, the scanner did not answer\r$/m)
    await under(
      (rules) => {
        rules.whenAway = 'defer'
      },
      async () => assert.match(await submit('Subject: x\r\n\r\nhello\r\n'), /^451 4\.7\.1 /),
    )
  })
})

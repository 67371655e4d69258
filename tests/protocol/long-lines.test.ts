/** Lines at and beyond their limits: what is too long is refused, dropped without being kept, and the session goes on. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { Pop3Client } from '#tests/support/pop3-talk.ts'
import { startProbe } from '#tests/support/probe.ts'
import { beginMessage, sendMessage, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import type { WireClient } from '#tests/support/wire-client.ts'

const foreign = 'someone@example.com'
const MEBIBYTE = 1_048_576
const FLOOD_MEBIBYTES = 112
const MAX_GROWTH_MEBIBYTES = 96

const padded = (start: string, end: string, bytes: number) =>
  `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`
const domainOf = (bytes: number) =>
  'abcdefghijklmno.'
    .repeat(20)
    .slice(0, bytes - 1)
    .concat('z')

/** said to mx after EHLO */
const commands: readonly (readonly [title: string, line: string, answer: RegExp])[] = [
  ['a command of 512 octets', padded('NOOP ', '', 510), /^250 /],
  ['a command of 513 octets', padded('NOOP ', '', 511), /^250 /],
  ['a command of 2,048 octets', padded('NOOP ', '', 2_048), /^250 /],
  ['a command of 2,049 octets', padded('NOOP ', '', 2_049), /^500 5\.5\.2 /],
  ['a command of 12,289 octets', padded('NOOP ', '', 12_289), /^500 5\.5\.2 /],
  ['a name of a megabyte in EHLO', padded('EHLO ', '', MEBIBYTE), /^500 5\.5\.2 /],
  ['a name of two thousand octets in EHLO', padded('EHLO ', '', 2_000), /^250-/],
  ['a local part of 64 octets', padded('MAIL FROM:<', '@example.com>', 11 + 64 + 13), /^250 /],
  ['a local part of 65 octets', padded('MAIL FROM:<', '@example.com>', 11 + 65 + 13), /^553 5\.1\.7 /],
  ['a path of 256 octets', `MAIL FROM:<x@${domainOf(252)}>`, /^250 /],
  ['a domain of 255 octets', `MAIL FROM:<x@${domainOf(255)}>`, /^250 /],
  ['a domain of 256 octets', `MAIL FROM:<x@${domainOf(256)}>`, /^553 5\.1\.7 /],
  ['a path of a thousand octets', `MAIL FROM:<x@${domainOf(300)}${domainOf(300)}${domainOf(300)}>`, /^501 /],
]

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')
const probe = await startProbe(engine, taro.credential)

describe('long lines', () => {
  const cases = matrix('long-lines', 'Lines at their limits that were read wrongly or kept in memory: none')

  for (const [title, line, answer] of commands) {
    cases.check(title, async () => {
      const client = await smtpClient(engine.ports.mx)
      assert.match(await client.command(line), answer)
      assert.match(await client.command('NOOP'), /^250 /)
      client.close()
    })
  }

  cases.check('AUTH with 12,288 octets, and with one more', async () => {
    const client = await submissionsClient(engine)
    assert.match(await client.command(padded('AUTH PLAIN ', '', 12_288)), /^50[01] 5\.5\.2 .*(?<!too long)\r\n/)
    assert.match(await client.command(padded('AUTH PLAIN ', '', 12_289)), /^500 5\.5\.2 Line too long/)
    client.close()
  })

  for (const bytes of [1_000, 1_001, 2_048, MEBIBYTE]) {
    cases.check(`a line of ${bytes} octets in a message arrives whole`, async () => {
      const text = `Subject: long\r\n\r\n${'x'.repeat(bytes)}\r\n..\r\n`
      const client = await smtpClient(engine.ports.mx)
      assert.match(await sendMessage(client, foreign, taro.address, text), /^250 /)
      client.close()
      assert.equal(await lastBody(), text.replace('\r\n..\r\n', '\r\n.\r\n'))
    })
  }

  for (const bytes of [102_400, 102_401]) {
    cases.check(`a header of ${bytes} octets arrives whole`, async () => {
      const text = `${padded('X-Long: ', '\r\n', bytes)}\r\nx\r\n`
      const client = await smtpClient(engine.ports.mx)
      assert.match(await sendMessage(client, foreign, taro.address, text), /^250 /)
      client.close()
      assert.equal(await lastBody(), text)
    })
  }

  cases.check('a header of a megabyte arrives, one that is longer does not', async () => {
    const client = await smtpClient(engine.ports.mx)
    for (const [bytes, answer] of [
      [MEBIBYTE, /^250 /],
      [MEBIBYTE + 1, /^552 5\.3\.4 The header /],
    ] as const) {
      const text = `${padded('X-Long: ', '\r\n', bytes)}\r\nx\r\n`
      assert.match(await sendMessage(client, foreign, taro.address, text), answer)
    }
    client.close()
  })

  async function lastBody(): Promise<string> {
    const body = await prisma().body.findFirstOrThrow({ where: { mailboxId: taro.id }, orderBy: { id: 'desc' } })
    return Buffer.from(body.content).toString('latin1')
  }

  const floods: Record<string, { open: () => Promise<WireClient>; end: string; answer: RegExp }> = {
    'an SMTP command': { open: () => smtpClient(engine.ports.mx), end: '\r\n', answer: /^500 5\.5\.2 / },
    'the text of a message': {
      open: async () => {
        const client = await smtpClient(engine.ports.mx)
        await beginMessage(client, foreign, taro.address)
        return client
      },
      end: '\r\n.\r\n',
      answer: /^552 5\.3\.4 /,
    },
    'a POP3 command': {
      open: async () => (await Pop3Client.connectPlainly(engine)).wire,
      end: '\r\n',
      answer: /^-ERR /,
    },
    'an IMAP command': {
      open: async () => (await ImapClient.connectPlainly(engine)).wire,
      end: '\r\n',
      answer: /^\* BAD /,
    },
  }
  for (const [title, { open, end, answer }] of Object.entries(floods)) {
    cases.check(`${title} without end is not kept in memory`, async () => {
      const client = await open()
      const before = residentMebibytes()
      const chunk = 'x'.repeat(MEBIBYTE)
      for (let count = 0; count < FLOOD_MEBIBYTES; count += 1) await client.sendAndWait(chunk)
      assert.ok(residentMebibytes() - before < MAX_GROWTH_MEBIBYTES)
      client.send(end)
      assert.match(await client.until(/\r\n/), answer)
      client.close()
    })
  }

  /** Of the worker, where the system tells; elsewhere memory is not judged. */
  function residentMebibytes(): number {
    if (process.platform !== 'linux') return 0
    const status = readFileSync(`/proc/${engine.workers[0]?.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024
  }

  it('answered a probe all the while', (context) => probe.stop(context))
})

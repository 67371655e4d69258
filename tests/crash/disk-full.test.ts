/**
 * A disk that fills up, with bytes or with files: new mail is put off before it is taken, reading and deleting go on, and
 * when there is room again mail is taken again by itself. When somebody else takes the last byte, nothing that was
 * acknowledged is lost, and nobody has to start anything again. The disk is a small file system in memory, which only
 * root may make.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { appendHead, readHeads } from '#lib/audit/chain-heads.ts'
import { eventually } from '#tests/support/eventually.ts'
import { ImapClient } from '#tests/support/imap-talk.ts'
import { matrix } from '#tests/support/matrix.ts'
import { imapOf, type RunningService, startService } from '#tests/support/service.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const DISK_MEGABYTES = 700
const DISK_FILES = 8_000
const MEBIBYTE = 1_048_576

const disk = mkdtempSync(join(tmpdir(), 'mail-disk-'))
const options = ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,nr_inodes=${DISK_FILES}`, 'tmpfs', disk]
const isMounted = spawnSync('mount', options).status === 0

describe('a disk that fills up', { skip: isMounted ? false : 'this needs root, and leave to mount' }, () => {
  let service: RunningService
  const ballast = join(disk, 'ballast')

  before(async () => {
    service = await startService({ dataDirectory: join(disk, 'data') })
  })
  after(async () => {
    await service.stop()
    spawnSync('umount', [disk])
    rmSync(disk, { recursive: true, force: true })
  })

  function person() {
    const account = service.accounts.find(({ role }) => role === 'subscriber')
    const [credential] = account?.credentials ?? []
    assert.ok(account?.mailbox && credential)
    return { address: account.mailbox, ...credential }
  }

  async function answersToMail(): Promise<string> {
    const client = await WireClient.connect({ port: service.addresses.mx.port })
    await client.reply()
    await client.command('EHLO sender.example')
    const answer = await client.command('MAIL FROM:<a@example.com>')
    if (answer.startsWith('250')) {
      await client.command(`RCPT TO:<${person().address}>`)
      await client.command('DATA')
      assert.match(await client.command('Subject: x\r\n\r\nx\r\n.'), /^250 /)
    }
    client.close()
    return answer
  }

  /** Each worker looks at the disk for itself, and another one than that of the mail may answer. */
  async function answerToAppend(): Promise<string> {
    const imap = await ImapClient.login(imapOf(service), person())
    imap.wire.send('a APPEND INBOX {5}\r\n')
    const answer = await imap.wire.until(/\r\n/)
    imap.close()
    return answer
  }

  async function untilMailIs(expected: RegExp): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const answer = await answersToMail()
      if (expected.test(answer)) return
      if (tries === 60) assert.fail(answer)
      await delay(250)
    }
  }

  async function pop(): Promise<(line: string, end?: RegExp) => Promise<string>> {
    const client = await WireClient.connectTls({ port: service.addresses.pop3s.port }, service.authorityFile)
    await client.until(/\r\n/)
    const ask = (line: string, end = /^[+-][^\n]*\r\n/) => {
      client.send(`${line}\r\n`)
      return client.until(end)
    }
    await ask(`USER ${person().username}`)
    assert.match(await ask(`PASS ${person().password}`), /^\+OK/)
    return ask
  }

  function fillUpTo(freeBytes: number): void {
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)))
  }

  /** To the last byte, again and again: what is freed meanwhile is taken too. */
  function takeEverything(): void {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(MEBIBYTE), { flag: 'a' })
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
    }
  }

  async function beginLetter(): Promise<WireClient> {
    const client = await WireClient.connect({ port: service.addresses.mx.port })
    await client.reply()
    for (const line of ['EHLO sender.example', 'MAIL FROM:<a@example.com>', `RCPT TO:<${person().address}>`, 'DATA']) {
      assert.match(await client.command(line), /^[23]/)
    }
    return client
  }

  /** what no compression makes smaller */
  const largeText = () =>
    randomBytes(6 * MEBIBYTE)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n')

  const { check } = matrix('disk-full', 'Disks that filled up and cost a message, or a person’s work: none')

  check('puts mail off while people read and delete, and takes it again when there is room', async () => {
    await untilMailIs(/^250 /)
    fillUpTo(100 * MEBIBYTE)
    await untilMailIs(/^452 4\.3\.1 /)

    const ask = await pop()
    assert.match(await ask('RETR 1', /\r\n\.\r\n/), /Subject: x\r\n\r\nx\r\n/)
    assert.match(await ask('DELE 1'), /^\+OK/)
    assert.match(await ask('QUIT'), /^\+OK/)
    await eventually(async () => assert.match(await answerToAppend(), /^a NO \[UNAVAILABLE\] /))

    rmSync(ballast)
    await untilMailIs(/^250 /)
  })

  check('puts mail off when there is no room for more files', async () => {
    const crowd = join(disk, 'crowd')
    mkdirSync(crowd)
    const { ffree } = statfsSync(disk)
    for (let count = 150; count < ffree; count += 1) writeFileSync(join(crowd, String(count)), '')
    await untilMailIs(/^452 4\.3\.1 /)
    rmSync(crowd, { recursive: true })
    await untilMailIs(/^250 /)
  })

  check('loses nothing when the last byte is taken while a message comes in', async () => {
    const before = await countMessages()
    const letters = await Promise.all(Array.from({ length: 4 }, () => eventually(beginLetter)))
    takeEverything()
    const answers = await Promise.all(
      letters.map((letter) => {
        letter.send(`Subject: large\r\n\r\n${largeText()}\r\n.\r\n`)
        return letter.reply()
      }),
    )
    for (const answer of answers) assert.match(answer, /^45[12] 4\.3\.[01] /)
    takeEverything()
    await delay(3_000)
    rmSync(ballast)
    await untilMailIs(/^250 /)
    assert.equal(await countMessages(), before + 1)
  })

  check('writes the end of the audit trail down whole or not at all', async () => {
    const file = join(disk, 'heads.jsonl')
    const head = (id: number) => ({ id, hash: 'a'.repeat(64), at: new Date(0).toISOString() })
    await appendHead(file, head(1))
    takeEverything()
    const written = [1]
    for (let id = 2; id < 100; id += 1)
      await appendHead(file, head(id)).then(
        () => written.push(id),
        () => {},
      )
    assert.ok(written.length < 99)
    rmSync(ballast)
    await appendHead(file, head(100))
    assert.deepEqual(
      (await readHeads(file)).map(({ id }) => id),
      [...written, 100],
    )
  })

  async function countMessages(): Promise<number> {
    const ask = await pop()
    const answer = await ask('STAT')
    await ask('QUIT')
    return Number(answer.split(' ')[1])
  }
})

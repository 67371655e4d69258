/**
 * A disk that fills up: new mail is put off before it is taken, reading and deleting go on, and when there is room again
 * mail is taken again by itself. The disk is a small file system in memory, which only root may make.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type RunningService, startService } from '#tests/support/service.ts'
import { WireClient } from '#tests/support/wire-client.ts'

const DISK_MEGABYTES = 700
const MEBIBYTE = 1_048_576

const disk = mkdtempSync(join(tmpdir(), 'mail-disk-'))
const options = ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m`, 'tmpfs', disk]
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

  it('puts mail off while people read and delete, and takes it again when there is room', async () => {
    await untilMailIs(/^250 /)
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 100 * MEBIBYTE))
    await untilMailIs(/^452 4\.3\.1 /)

    const ask = await pop()
    assert.match(await ask('RETR 1', /\r\n\.\r\n/), /Subject: x\r\n\r\nx\r\n/)
    assert.match(await ask('DELE 1'), /^\+OK/)
    assert.match(await ask('QUIT'), /^\+OK/)

    rmSync(ballast)
    await untilMailIs(/^250 /)
  })
})

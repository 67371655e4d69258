/** Mail to what an operator brought from an old system's table, by the command line, into a running engine. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { eventually } from '#tests/support/eventually.ts'
import { sendMessage, smtpClient } from '#tests/support/smtp-talk.ts'

const directory = mkdtempSync(join(tmpdir(), 'mail-map-'))
const engine = await startEngine()
after(async () => {
  await engine.stop()
  rmSync(directory, { recursive: true })
})

function importMap(text: string, ...more: string[]): string {
  const path = join(directory, 'virtual')
  writeFileSync(path, text)
  const named = ['--as', 'operator', '--reason', 'the move', '--format', 'postfix-virtual']
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'lib/cli/main.ts', 'aliases', 'import', path, ...named, ...more],
    { encoding: 'utf8', env: process.env },
  )
  assert.equal(status, 0, stdout + stderr)
  return stdout
}

async function deliver(...addresses: string[]): Promise<void> {
  const client = await smtpClient(engine.ports.mx)
  for (const address of addresses) {
    assert.match(await sendMessage(client, 'friend@example.com', address), /^250 /, address)
  }
  client.close()
}

const queuedTo = (address: string) =>
  prisma().queuedRecipient.findMany({ where: { address }, select: { message: { select: { sender: true } } } })

test('an imported alias gets mail, a confirmed forward passes it on, another one keeps it until its reader agrees', async () => {
  const taro = await engine.addMailbox('taro')
  const hanako = await engine.addMailbox('hanako')
  const jiro = await engine.addMailbox('jiro')
  importMap('sales@infonia.ne.jp taro@infonia.ne.jp\nhanako phone@outside.example\n', '--confirmed')
  importMap('jiro elsewhere@outside.example\n')
  await deliver('sales@infonia.ne.jp', hanako.address, jiro.address)

  const stored = (mailboxId: number) => prisma().message.count({ where: { mailboxId } })
  assert.deepEqual([await stored(taro.id), await stored(hanako.id), await stored(jiro.id)], [1, 0, 1])
  await eventually(async () => {
    assert.deepEqual(await queuedTo('elsewhere@outside.example'), [{ message: { sender: '' } }])
  })
  const [forwarded, ...others] = await queuedTo('phone@outside.example')
  assert.match(forwarded?.message.sender ?? '', /^SRS0=.*friend@infonia\.ne\.jp$/i)
  assert.deepEqual(others, [], 'nobody is asked about a forward that was confirmed')
})

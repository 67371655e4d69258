/** A script goes up and is listed by sieve-connect, over STARTTLS and by both plain mechanisms. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { issueCredential } from '#lib/accounts/index.ts'
import { prisma } from '#lib/db/prisma.ts'
import { startEngine } from '#tests/support/engine.ts'
import { recorded } from '#tests/support/interop.ts'

const directory = mkdtempSync(join(tmpdir(), 'sieve-connect-'))
const engine = await startEngine()
after(async () => {
  rmSync(directory, { recursive: true, force: true })
  await engine.stop()
})

function sieveConnect(user: string, password: string, ...options: string[]): Promise<string> {
  const server = ['--server', '127.0.0.1', '--port', String(engine.ports.managesieve), '--notlsverify']
  const child = spawn('sieve-connect', [...server, '--user', user, '--passwordfd', '0', ...options])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += String(bytes)))
  child.stdin.end(`${password}\n`)
  return new Promise((resolve) => child.on('close', () => resolve(output)))
}

test('sieve-connect uploads and lists', async () => {
  const taro = await engine.addMailbox('taro')
  const { credential, password } = await issueCredential(taro.actor, {
    mailboxId: taro.id,
    label: 'sieve-connect',
    clientId: null,
    scopes: ['sieve'],
    expiresAt: null,
  })
  const file = join(directory, 'main.sieve')
  const script = 'require "fileinto";\r\nif header :contains "subject" "x" { fileinto "Junk"; }\r\n'
  writeFileSync(file, script)
  for (const mechanism of ['PLAIN', 'LOGIN']) {
    await recorded({ client: 'sieve-connect', protocol: 'managesieve', mechanism, tls: 'starttls' }, async () => {
      const given = ['--authmech', mechanism, '--localsieve', file, '--remotesieve', mechanism]
      const said = await sieveConnect(credential.username, password, ...given, '--upload')
      const stored = await prisma().sieveScript.findFirst({ where: { mailboxId: taro.id, name: mechanism } })
      assert.equal(stored?.content, script, said)
    })
  }
  assert.match(await sieveConnect(credential.username, password, '--authmech', 'PLAIN', '--list'), /"PLAIN"/)
})

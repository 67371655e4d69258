/** Stopping, certificates that change, a database that goes away. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { connect } from 'node:tls'
import { ensureCertificates } from '#lib/service/certificate-authority.ts'
import { startEngine } from '#tests/support/engine.ts'
import { beginMessage, loggedInClient, smtpClient } from '#tests/support/smtp-talk.ts'

const engine = await startEngine()
after(() => engine.stop())
const taro = await engine.addMailbox('taro')

describe('life of an engine', () => {
  async function shownCertificate(): Promise<string> {
    const ca = readFileSync(engine.authorityFile)
    const socket = connect({ port: engine.ports.submissions, host: '127.0.0.1', servername: 'localhost', ca })
    await once(socket, 'secureConnect')
    const { fingerprint256 } = socket.getPeerCertificate()
    socket.destroy()
    return fingerprint256
  }

  it('speaks TLS 1.2 and 1.3 and nothing older, and no other application', async () => {
    const attempt = async (options: object) => {
      const ca = readFileSync(engine.authorityFile)
      const socket = connect({
        port: engine.ports.submissions,
        host: '127.0.0.1',
        servername: 'localhost',
        ca,
        ...options,
      })
      const outcome = once(socket, 'secureConnect').then(
        () => socket.getProtocol(),
        () => 'refused',
      )
      return outcome.finally(() => socket.destroy())
    }
    assert.equal(await attempt({ maxVersion: 'TLSv1.2' }), 'TLSv1.2')
    assert.equal(await attempt({}), 'TLSv1.3')
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
    assert.equal(await attempt(old), 'refused')
    const suite = (ciphers: string) => attempt({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` })
    for (const known of ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-SHA']) {
      assert.equal(await suite(known), 'TLSv1.2', known)
    }
    for (const weak of ['ECDHE-ECDSA-NULL-SHA', 'AECDH-AES256-SHA', 'AES256-GCM-SHA384', 'ECDHE-ECDSA-AES128-CCM8']) {
      assert.equal(await suite(weak), 'refused', weak)
    }
    assert.equal(await attempt({ ALPNProtocols: ['http/1.1', 'h2'] }), 'refused')
  })

  it('shows a renewed certificate to the next connection', async () => {
    const before = await shownCertificate()
    const directory = dirname(engine.authorityFile)
    rmSync(join(directory, 'server.crt'))
    await ensureCertificates({ ...process.env, DATA_DIR: join(directory, '..') })
    for (let tries = 0; tries < 60 && (await shownCertificate()) === before; tries += 1) await delay(100)
    assert.notEqual(await shownCertificate(), before)
  })

  it('drains on SIGTERM: the idle are told, a message that is coming in arrives', async () => {
    const idle = await smtpClient(engine.ports.mx)
    const writing = await loggedInClient(engine, taro.credential)
    await beginMessage(writing, taro.address, taro.address)
    const [worker] = engine.workers
    assert.ok(worker)
    const ended = once(worker, 'exit')
    worker.kill('SIGTERM')
    assert.match(await idle.rest(), /^421 4\.3\.2 /)
    writing.send(`From: <${taro.address}>\r\nSubject: last\r\n\r\nx\r\n.\r\n`)
    assert.match(await writing.reply(), /^250 2\.0\.0 /)
    assert.match(await writing.rest(), /^421 4\.3\.2 /)
    assert.deepEqual(await ended, [0, null])
    await engine.restart()
  })
})

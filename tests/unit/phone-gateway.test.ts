/** Messages to telephones: by the operator's gateway, or by nobody; the log never holds a code. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readPhoneGatewayEnv } from '#lib/env/phone-gateway.ts'
import { openPhoneGateway } from '#lib/phone-gateway/phone-gateway.ts'

const number = '+819012345678'
const text = 'code あいう'

function recordingLog() {
  const lines: string[] = []
  return { lines, info: (content: object, message: string) => void lines.push(JSON.stringify([content, message])) }
}

describe('the telephone gateway', () => {
  it('that is none logs the fact, and neither number nor text', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phone-'))
    const log = recordingLog()
    const environment = { DATA_DIR: directory, PORTAL_URL: 'https://mail.example.net' }
    await openPhoneGateway(readPhoneGatewayEnv(environment), log).send(number, text)
    assert.equal(log.lines.length, 1)
    assert.ok(!log.lines.join().includes(number) && !log.lines.join().includes('あ'))
    assert.deepEqual(readdirSync(directory), [])
    rmSync(directory, { recursive: true })
  })

  it('on a trial machine writes a file that others cannot read', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'phone-'))
    const log = recordingLog()
    const environment = readPhoneGatewayEnv({ DATA_DIR: directory })
    await openPhoneGateway(environment, log).send(number, text)
    assert.ok(!log.lines.join().includes('あ'))
    assert.equal(JSON.parse(readFileSync(environment.trialFile ?? '', 'utf8')).text, text)
    rmSync(directory, { recursive: true })
  })

  it('of the operator is told as JSON, with its token, and has to agree', async () => {
    const heard: { headers: IncomingMessage['headers']; body: string }[] = []
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += String(part)
      heard.push({ headers: request.headers, body })
      response.writeHead(heard.length === 1 ? 202 : 503).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`
    const gateway = openPhoneGateway({ url, token: 'secret', trialFile: null }, recordingLog())
    await gateway.send(number, text)
    assert.deepEqual(JSON.parse(heard[0]?.body ?? ''), { to: number, text })
    assert.equal(heard[0]?.headers.authorization, 'Bearer secret')
    await assert.rejects(gateway.send(number, text), /503/)
    server.close()
  })
})

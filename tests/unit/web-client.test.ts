/** The cookies of the tests' own browser: one that it loses looks like a sign-in that failed. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { WebClient } from '#tests/support/web-client.ts'

describe('cookies of the test browser', () => {
  let answers: string[] = []
  const server = createServer((_request, response) => response.setHeader('set-cookie', answers).end())
  let client: WebClient

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    client = new WebClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  after(() => server.close())

  it('are kept whatever their value is', async () => {
    answers = ['csrf=a1970b; Path=/; HttpOnly', 'session=xmax-age=0x; Path=/; Expires=Wed, 25 Nov 2026 08:00:00 GMT']
    await client.request('/')
    assert.deepEqual([...client.cookies.keys()], ['csrf', 'session'])
  })

  it('go when the server says so', async () => {
    answers = ['csrf=; Path=/; Max-Age=0', 'session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT']
    await client.request('/')
    assert.deepEqual([...client.cookies.keys()], [])
  })
})

/** A clamd that finds what a message says that it holds: enough for tests that are about the answer, not the scanner. */
import { once } from 'node:events'
import { createServer } from 'node:net'

export const fakeVirus = 'this-message-holds-a-virus'

export type FakeClamd = { readonly url: string; stop(): void }

/** The chunk of length zero that ends INSTREAM. */
const END = Buffer.alloc(4)

export async function startFakeClamd(): Promise<FakeClamd> {
  const server = createServer((socket) => {
    let content = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      content = Buffer.concat([content, bytes])
      if (content.subarray(-END.length).equals(END)) {
        socket.end(content.includes(fakeVirus) ? 'stream: Test-Virus FOUND\0' : 'stream: OK\0')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `tcp://127.0.0.1:${address.port}`, stop: () => void server.close() }
}

/**
 * A wire under one address that leads to one server first and to another later, and keeps what was said on it. To its
 * client it is without TLS, so that every word can be read.
 */
import { once } from 'node:events'
import { connect as connectTcp, createServer, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export type TappedServer = {
  readonly port: number
  /** PEM, for a server that speaks TLS from the first byte; null: without TLS */
  readonly authority: string | null
}

export type WireTap = {
  readonly port: number
  /** Who connects from now on gets there. */
  leadTo(server: TappedServer): void
  /** What was said since this was asked last. */
  heard(): { readonly client: string; readonly server: string }
  stop(): Promise<void>
}

export async function tapWire(): Promise<WireTap> {
  let target: TappedServer | null = null
  let said = { client: '', server: '' }
  const sockets = new Set<Socket>()
  const listener = createServer((client) => {
    if (target === null) return void client.destroy()
    const server = connection(target)
    for (const [from, to, who] of [
      [client, server, 'client'],
      [server, client, 'server'],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        said[who] += bytes.toString('latin1')
      })
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.pipe(to)
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the tap has no port')
  return {
    port: address.port,
    leadTo(server) {
      target = server
    },
    heard() {
      const all = said
      said = { client: '', server: '' }
      return all
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

function connection({ port, authority }: TappedServer): Socket {
  if (authority === null) return connectTcp({ port, host: '127.0.0.1' })
  return connectTls({ port, host: '127.0.0.1', servername: 'localhost', ca: authority })
}

/** How many whole messages went over it. */
export function messagesFetched({ client, server }: ReturnType<WireTap['heard']>): number {
  const byPop = client.match(/^(?:RETR \d+|TOP \d+ \d{4,})\r$/gim)?.length ?? 0
  const byImap = server.match(/^\* \d+ FETCH \(.*?\b(?:BODY\[\]|RFC822 )/gim)?.length ?? 0
  return byPop + byImap
}

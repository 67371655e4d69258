/**
 * The reverse proxy that a real site has: HTTPS for its names, in front of the portal. And, because these names are in no
 * DNS here, an HTTP proxy for clients that leads every name and port to it.
 */
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { HostCertificate } from './test-authority.ts'

export type HttpsFront = {
  readonly proxyPort: number
  /** the names and ports that a client wanted to reach */
  readonly wanted: readonly string[]
  stop(): Promise<void>
}

export async function startHttpsFront(portalUrl: string, certificate: HostCertificate): Promise<HttpsFront> {
  const front = createSecureServer(certificate, ({ url, method, headers }, response) => {
    const { hostname, port } = new URL(portalUrl)
    request({ hostname, port, path: url, method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
      .on('error', () => response.destroy())
      .end()
  })
  const wanted: string[] = []
  const frontPort = await listening(front)
  const proxy = createServer((_request, response) => response.writeHead(502).end())
  const tunnels = new Set<Duplex>()
  proxy.on('connect', ({ url = '' }, client) => {
    wanted.push(url)
    const upstream = connect(frontPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    for (const end of [client, upstream]) {
      tunnels.add(end)
      end
        .on('error', () => end.destroy())
        .on('close', () => {
          for (const other of [client, upstream]) other.destroy()
          tunnels.delete(end)
        })
    }
  })
  return {
    proxyPort: await listening(proxy),
    wanted,
    async stop() {
      for (const end of tunnels) end.destroy()
      for (const server of [proxy, front]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

async function listening(server: Server | ReturnType<typeof createSecureServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

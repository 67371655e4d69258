/**
 * The portal's own process: Next behind an HTTP server that we hold in our hands, because `next start` believes every
 * X-Forwarded-* header and cuts live connections a few milliseconds after SIGTERM.
 *
 * Guarantees: the address that pages see is that of the connection, or what a trusted proxy says about it; on SIGTERM
 * requests in flight are finished (10 seconds at most). Tells its parent `{ type: 'ready', port }`.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { portsEnv } from '#lib/env/ports.ts'
import { trustedProxies } from '#lib/env/trusted-proxies.ts'
import { webEnv } from '#lib/env/web.ts'
import { clientAddress } from './forwarded-for.ts'

const LAST_REQUESTS_MS = 10_000
const MAX_HEADER_BYTES = 32_768

/** What Next and its proxy use among themselves; from outside it could only be an attempt to confuse them. */
const INTERNAL_HEADERS = ['x-middleware-subrequest', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto']

function cleanHeaders(request: IncomingMessage): void {
  const { headers, socket } = request
  const address = clientAddress(socket.remoteAddress ?? '', headers['x-forwarded-for']?.toString(), trustedProxies())
  for (const name of INTERNAL_HEADERS) delete headers[name]
  headers['x-forwarded-for'] = address
  headers['x-forwarded-proto'] = webEnv().isHttps ? 'https' : 'http'
}

async function startPortal(): Promise<void> {
  const { bindAddress, portal } = portsEnv()
  // No host name here: Next rewrites to "localhost", and takes any other name of its own for a foreign server.
  const app = next({ dev: false, dir: join(import.meta.dirname, '../..'), port: portal })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    cleanHeaders(request)
    void handle(request, response)
  })
  server.once('error', (error: NodeJS.ErrnoException) => {
    const problem = error.code === 'EADDRINUSE' ? 'the port is taken by another program' : error.message
    console.error(`Portal, ${bindAddress} port ${portal} (PORTAL_PORT): ${problem}`)
    process.exit(1)
  })
  const stop = () => {
    server.close(() => process.exit(0))
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), LAST_REQUESTS_MS).unref()
  }
  process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop)
  server.listen(portal, bindAddress, () => {
    process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port })
  })
}

await startPortal()

/**
 * The portal's own process: Next behind an HTTP server that we hold in our hands, because `next start` believes every
 * X-Forwarded-* header and cuts live connections a few milliseconds after SIGTERM.
 *
 * Guarantees: every answer has the headers that protect its reader; the address that pages see is that of the connection, or what a trusted proxy says about it; on SIGTERM
 * requests in flight are finished (10 seconds at most). Tells its parent `{ type: 'ready', port }`.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import next from 'next'
import { portsEnv } from '#lib/env/ports.ts'
import { trustedProxies } from '#lib/env/trusted-proxies.ts'
import { cameInClear, clientAddress, inClearHeader } from './forwarded-for.ts'
import { isOwnOrigin } from './origin.ts'
import { setProtectiveHeaders } from './protective-headers.ts'

const LAST_REQUESTS_MS = 10_000
const MAX_HEADER_BYTES = 32_768
/** TRACE gives back what it was sent, cookies and all. */
const UNWANTED_METHODS: readonly string[] = ['TRACE', 'CONNECT']

/** What Next and its proxy use among themselves; from outside it could only be an attempt to confuse them. */
const INTERNAL_HEADERS = ['x-middleware-subrequest', 'x-forwarded-host', 'x-forwarded-port', inClearHeader]

/** After an action that leads on, Next asks itself for the next page: those requests carry this word, known to nobody. */
const OWN_WORD_HEADER = 'x-portal-own-word'
const ownWord = randomBytes(16).toString('hex')

function cleanHeaders({ headers, socket }: IncomingMessage): void {
  if (headers[OWN_WORD_HEADER] === ownWord) return
  const peer = socket.remoteAddress ?? ''
  const address = clientAddress(peer, headers['x-forwarded-for']?.toString(), trustedProxies())
  const isInClear = cameInClear(peer, headers['x-forwarded-proto']?.toString(), trustedProxies())
  for (const name of INTERNAL_HEADERS) delete headers[name]
  if (isInClear) headers[inClearHeader] = '1'
  headers['x-forwarded-for'] = address
  headers['x-forwarded-proto'] = 'http' // how Next reaches itself; what the reader's browser speaks is webEnv's to say
  headers[OWN_WORD_HEADER] = ownWord
  // Next wants an action's Origin to equal the Host, which a reverse proxy may have replaced. Ours is the stricter
  // question, whether it is the configured address; where that is so, Next is given the host that it expects.
  const { origin } = headers
  if (origin && isOwnOrigin(origin)) headers['x-forwarded-host'] = new URL(origin).host
}

/** RFC 3986 §2.1, and UTF-8 behind it. Next would call it a fault of ours. */
function isReadable(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  try {
    return !decodeURIComponent(path).includes('\0')
  } catch {
    return false
  }
}

async function startPortal(): Promise<void> {
  const { bindAddress, portal } = portsEnv()
  // No host name here: Next rewrites to "localhost", and takes any other name of its own for a foreign server.
  const app = next({ dev: false, dir: join(import.meta.dirname, '../..'), port: portal })
  await app.prepare()
  const handle = app.getRequestHandler()
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    setProtectiveHeaders(response)
    if (UNWANTED_METHODS.includes(request.method ?? '')) {
      response.writeHead(405).end()
      return
    }
    if (!isReadable(request.url ?? '')) {
      response.writeHead(400, { 'Content-Type': 'text/plain' }).end('Bad request\n')
      return
    }
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

/**
 * A port that people connect to. Several processes may listen on one port; the kernel spreads the connections.
 *
 * Guarantees: whatever a session throws closes that session and nothing else; draining ends idle sessions at once,
 * lets a message that is coming in arrive, and cuts what is left at its deadline.
 */
import { createServer, type Server, type Socket } from 'node:net'
import { type Connection, type ListenerSettings, SocketConnection } from './connection.ts'
import { WireError } from './errors.ts'
import type { TlsSource } from './tls.ts'

export interface Listener {
  readonly settings: ListenerSettings
  /** the port that it really listens on */
  readonly port: number
  readonly connectionCount: number
  drain(deadlineMs: number): Promise<void>
}

export type Serve = (connection: Connection) => Promise<void>

export type ListenerParts = {
  readonly settings: ListenerSettings
  readonly tls: TlsSource
  readonly serve: Serve
  /** Loopback has no limit: there the one address is many people. */
  readonly maxConnectionsPerAddress: number
  readonly onFault: (error: unknown) => void
}

const BACKLOG = 1_024

/** What a client hears when its address already holds too many connections: a temporary refusal, in its protocol. */
const crowdedLines = {
  smtp: '421 4.7.0 Too many connections from your address, try again later\r\n',
  pop3: '-ERR [SYS/TEMP] Too many connections from your address, try again later\r\n',
  imap: '* BYE Too many connections from your address, try again later\r\n',
} as const

export async function openListener(parts: ListenerParts): Promise<Listener> {
  const { settings } = parts
  const open = new Set<Connection>()
  const perAddress = new Map<string, number>()

  async function accept(socket: Socket): Promise<void> {
    const connection = new SocketConnection(socket, settings, parts.tls)
    const { remoteAddress } = connection
    const count = (perAddress.get(remoteAddress) ?? 0) + 1
    if (count > parts.maxConnectionsPerAddress && !isLoopback(remoteAddress)) {
      await connection.end(settings.tls === 'implicit' ? '' : crowdedLines[settings.protocol])
      return
    }
    perAddress.set(remoteAddress, count)
    open.add(connection)
    try {
      if (settings.tls === 'implicit') await connection.startTls()
      await parts.serve(connection)
      await connection.end()
    } catch (error) {
      if (!(error instanceof WireError)) parts.onFault(error)
      connection.destroy()
    } finally {
      open.delete(connection)
      forget(perAddress, remoteAddress)
    }
  }

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => void accept(socket))
  await listen(server, settings)
  const address = server.address()
  return {
    settings,
    port: typeof address === 'object' && address !== null ? address.port : settings.port,
    get connectionCount() {
      return open.size
    },
    async drain(deadlineMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of open) connection.interrupt('draining')
      const timer = setTimeout(() => {
        for (const connection of open) connection.destroy()
      }, deadlineMs)
      await closed
      clearTimeout(timer)
    },
  }
}

function listen(server: Server, { host, port }: ListenerSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog: BACKLOG, reusePort: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function forget(perAddress: Map<string, number>, address: string): void {
  const left = (perAddress.get(address) ?? 1) - 1
  if (left > 0) perAddress.set(address, left)
  else perAddress.delete(address)
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}

/**
 * A port that people connect to. Several processes may listen on one port; the kernel spreads the connections.
 *
 * Guarantees: whatever a session throws closes that session and nothing else; draining ends idle sessions at once,
 * lets a message that is coming in arrive, and cuts what is left at its deadline.
 */
import { createServer, type Server, type Socket } from 'node:net'
import type { Mishap } from '#lib/mail/mishap.ts'
import { type Connection, type ListenerSettings, SocketConnection } from './connection.ts'
import type { ConnectionCounter } from './connection-counter.ts'
import { HandshakeFailed, WireError } from './errors.ts'
import type { TlsSource } from './tls.ts'

export interface Listener {
  readonly settings: ListenerSettings
  /** the port that it really listens on */
  readonly port: number
  readonly connectionCount: number
  /** Asks the sessions to end, for maintenance; what is coming in arrives first. */
  turnAway(): void
  drain(deadlineMs: number): Promise<void>
}

export type Serve = (connection: Connection) => Promise<void>

export type ListenerParts = {
  readonly settings: ListenerSettings
  readonly tls: TlsSource
  readonly serve: Serve
  readonly counter: ConnectionCounter
  /** a connection that no session came of */
  readonly onMishap: (connection: Connection, mishap: Mishap) => void
  readonly onFault: (error: unknown) => void
}

const BACKLOG = 1_024

/** What a client hears when its address already holds too many connections: a temporary refusal, in its protocol. */
const crowdedLines = {
  smtp: '421 4.7.0 Too many connections from your address, try again later\r\n',
  pop3: '-ERR [SYS/TEMP] Too many connections from your address, try again later\r\n',
  imap: '* BYE Too many connections from your address, try again later\r\n',
  managesieve: 'BYE (TRYLATER) "Too many connections from your address, try again later"\r\n',
} as const

export async function openListener(parts: ListenerParts): Promise<Listener> {
  const { settings } = parts
  const open = new Set<Connection>()

  async function accept(socket: Socket): Promise<void> {
    const connection = new SocketConnection(socket, settings, parts.tls)
    const turnAway = () => {
      parts.onMishap(connection, 'crowded')
      connection.destroy()
    }
    const release = parts.counter.admit(connection.remoteAddress, settings.protocol, turnAway)
    if (release === null) {
      parts.onMishap(connection, 'crowded')
      await connection.end(settings.tls === 'implicit' ? '' : crowdedLines[settings.protocol])
      return
    }
    open.add(connection)
    try {
      if (settings.tls === 'implicit') await startTls(connection)
      await parts.serve(connection)
      await connection.end()
    } catch (error) {
      if (!(error instanceof WireError)) parts.onFault(error)
      connection.destroy()
    } finally {
      open.delete(connection)
      release()
    }
  }

  async function startTls(connection: Connection): Promise<void> {
    try {
      await connection.startTls()
    } catch (error) {
      if (error instanceof HandshakeFailed) parts.onMishap(connection, error.mishap)
      throw error
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
    turnAway() {
      for (const connection of open) connection.interrupt('maintenance')
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

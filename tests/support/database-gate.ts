/** A gate on the way to the database: closed, it cuts every connection and lets no new one in. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type DatabaseGate = {
  /** the database behind the gate */
  readonly url: string
  close(): Promise<void>
  open(): Promise<void>
  remove(): Promise<void>
}

/** @param url of a database that is reached by a Unix socket */
export async function openDatabaseGate(url: string): Promise<DatabaseGate> {
  const behind = new URL(url)
  const file = `.s.PGSQL.${behind.port || '5432'}`
  const target = join(behind.searchParams.get('host') ?? '', file)
  const directory = mkdtempSync(join(tmpdir(), 'mail-gate-'))
  const sockets = new Set<Socket>()
  let server: Server | null = null

  function letThrough(guest: Socket): void {
    const host = connect(target)
    for (const [socket, other] of [
      [guest, host],
      [host, guest],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  }

  async function open(): Promise<void> {
    server = createServer(letThrough).listen(join(directory, file))
    await once(server, 'listening')
  }

  async function close(): Promise<void> {
    const closed = server && once(server, 'close')
    server?.close()
    for (const socket of sockets) socket.destroy()
    await closed
    server = null
  }

  await open()
  const front = new URL(url)
  front.searchParams.set('host', directory)
  return {
    url: String(front),
    open,
    close,
    async remove() {
      await close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

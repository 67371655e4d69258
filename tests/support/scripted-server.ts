/** A server that says to each line whatever a test wants, for clients of ours that must bear it. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** What to send; "" for nothing, null to hang up. With `hangUp` after it. */
export type ScriptedAnswer = string | null | { readonly text: string; readonly hangUp: true }

export type ScriptedServer = {
  readonly port: number
  /** every line of every connection */
  readonly lines: readonly string[]
  stop(): Promise<void>
}

/** @param greeting null: hangs up at once */
export async function startScriptedServer(
  greeting: string | null,
  answer: (line: string) => ScriptedAnswer,
): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const lines: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    if (greeting === null) return void socket.destroy()
    socket.write(greeting, 'latin1')
    let unread = ''
    socket.on('data', (chunk) => {
      unread += chunk.toString('latin1')
      for (let end = unread.indexOf('\n'); end >= 0; end = unread.indexOf('\n')) {
        const line = unread.slice(0, end).trimEnd()
        unread = unread.slice(end + 1)
        lines.push(line)
        say(socket, answer(line))
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lines,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function say(socket: Socket, answer: ScriptedAnswer): void {
  if (answer === null) socket.destroy()
  else if (typeof answer === 'string') socket.write(answer, 'latin1')
  else socket.end(Buffer.from(answer.text, 'latin1'))
}

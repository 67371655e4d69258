/** The client's end of a connection: whole lines in, bytes out, and no wait without an end. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'

const SILENCE_MS = 60_000
const LF = 0x0a
const HOST = '127.0.0.1'
const SERVER_NAME = 'localhost'

export class LineClient {
  #socket: Socket
  #unread: Buffer = Buffer.alloc(0)
  #ended: Error | null = null
  #wake: (() => void) | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    this.#attach(socket)
  }

  /** @param secure null: in clear; else TLS from the first byte, each time with a whole handshake */
  static async connect(port: number, secure: SecureContext | null): Promise<LineClient> {
    const socket =
      secure === null
        ? connectTcp({ port, host: HOST })
        : connectTls({ port, host: HOST, servername: SERVER_NAME, secureContext: secure })
    await opened(socket, secure === null ? 'connect' : 'secureConnect')
    return new LineClient(socket)
  }

  /** When the server has said that it may begin. */
  async startTls(secure: SecureContext): Promise<void> {
    this.#socket.removeAllListeners()
    this.#socket = connectTls({ socket: this.#socket, servername: SERVER_NAME, secureContext: secure })
    await opened(this.#socket, 'secureConnect')
    this.#attach(this.#socket)
  }

  write(bytes: string | Buffer): void {
    this.#socket.write(bytes)
  }

  /** @returns the next line as latin1 text, without its CRLF */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#unread.indexOf(LF)
      if (end >= 0) {
        const line = this.#unread.toString('latin1', 0, Math.max(0, end - 1))
        this.#unread = this.#unread.subarray(end + 1)
        return line
      }
      if (this.#ended) throw this.#ended
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  close(): void {
    this.#socket.destroy()
  }

  #attach(socket: Socket): void {
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the server was silent for too long')))
    socket.on('data', (chunk: Buffer) => {
      this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk])
      this.#notify()
    })
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(new Error('the server closed the connection')))
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    this.#notify()
  }

  #notify(): void {
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject)
      resolve()
    })
    socket.once('error', reject)
  })
}

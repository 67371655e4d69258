/**
 * A raw client for protocol tests: it says exactly the bytes that a test gives it and reads exactly what comes.
 * Every wait has a limit, so that a server that says nothing fails the test instead of hanging it.
 */
import { readFileSync } from 'node:fs'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { constants, createDeflateRaw, createInflateRaw, type DeflateRaw } from 'node:zlib'

const WAIT_MS = 20_000
/** of what came, in a failure's text */
const MAX_SHOWN = 2_000

export type WireTarget = { readonly port: number; readonly host?: string; readonly localAddress?: string }

/** `serverName`: what to ask for by SNI */
type TlsTarget = WireTarget & { readonly serverName?: string }

export class WireClient {
  #socket: Socket
  #text = ''
  #closed = false
  #wake: (() => void) | null = null
  #deflate: DeflateRaw | null = null

  private constructor(socket: Socket) {
    this.#socket = socket
    this.#listen(socket)
  }

  static async connect({ port, host = '127.0.0.1', localAddress }: WireTarget): Promise<WireClient> {
    const socket = connectTcp({ port, host, localAddress })
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new WireClient(socket)
  }

  static async connectTls(
    { host = '127.0.0.1', serverName: servername = 'localhost', ...target }: TlsTarget,
    authorityFile: string,
  ): Promise<WireClient> {
    const socket = connectTls({ ...target, host, servername, ca: readFileSync(authorityFile) })
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
    return new WireClient(socket)
  }

  #listen(socket: Socket): void {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#hear(chunk))
    const closed = () => this.#close()
    socket.on('close', closed)
    socket.on('end', closed)
    socket.on('error', closed)
  }

  #close(): void {
    this.#closed = true
    this.#wake?.()
  }

  #hear(chunk: Buffer): void {
    this.#text += chunk.toString('latin1')
    this.#wake?.()
  }

  /** Bytes are given as latin1 text, so that a test can say any octet. */
  send(text: string): void {
    const bytes = Buffer.from(text, 'latin1')
    if (this.#deflate === null) this.#socket.write(bytes)
    else {
      this.#deflate.write(bytes)
      this.#deflate.flush(constants.Z_SYNC_FLUSH)
    }
  }

  /** The same, and waits until the bytes have left. */
  sendAndWait(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.write(Buffer.from(text, 'latin1'), (error) => (error ? reject(error) : resolve()))
    })
  }

  /** In pieces, each in a packet of its own. */
  async sendInPieces(text: string, cut: number): Promise<void> {
    for (let at = 0; at < text.length; at += cut) {
      this.send(text.slice(at, at + cut))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** What comes up to and including the first match; throws when it does not come. */
  async until(pattern: RegExp): Promise<string> {
    const deadline = Date.now() + WAIT_MS
    for (;;) {
      const match = pattern.exec(this.#text)
      if (match) {
        const end = match.index + match[0].length
        const taken = this.#text.slice(0, end)
        this.#text = this.#text.slice(end)
        return taken
      }
      if (this.#closed) throw new Error(`closed before ${pattern}; had ${this.#shown()}`)
      if (Date.now() > deadline) throw new Error(`no ${pattern} in time; had ${this.#shown()}`)
      await this.#change(deadline - Date.now())
    }
  }

  /** One whole SMTP reply, all its lines. */
  reply(): Promise<string> {
    return this.until(/^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/)
  }

  /** Says a command and gives the reply. */
  command(line: string): Promise<string> {
    this.send(`${line}\r\n`)
    return this.reply()
  }

  /** Everything that still comes until the server closes; throws when it is silent and does not. */
  async rest(): Promise<string> {
    for (let known = -1; !this.#closed && known < this.#text.length; ) {
      known = this.#text.length
      await this.#change(WAIT_MS)
    }
    if (!this.#closed) throw new Error(`still open; had ${this.#shown()}`)
    return this.#text
  }

  #shown(): string {
    return JSON.stringify(this.#text.slice(-MAX_SHOWN))
  }

  /** The connection's own TLS, for what a login can be bound to. */
  get tls(): TLSSocket {
    if (!(this.#socket instanceof TLSSocket)) throw new Error('this connection has no TLS')
    return this.#socket
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Goes on inside TLS after the server agreed to STARTTLS or STLS. */
  async startTls(authorityFile: string, serverName = 'localhost'): Promise<void> {
    const plain = this.#socket
    plain.removeAllListeners('data')
    plain.removeAllListeners('end')
    plain.removeAllListeners('close')
    const secure = connectTls({ socket: plain, servername: serverName, ca: readFileSync(authorityFile) })
    this.#socket = secure
    this.#listen(secure)
    await new Promise<void>((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject))
  }

  /** Goes on inside DEFLATE after the server agreed to COMPRESS. */
  startCompression(): void {
    const socket = this.#socket
    const inflate = createInflateRaw()
    inflate.on('data', (chunk: Buffer) => this.#hear(chunk))
    inflate.on('error', () => socket.destroy())
    this.#deflate = createDeflateRaw().on('data', (chunk: Buffer) => socket.write(chunk))
    for (const event of ['data', 'end', 'close']) socket.removeAllListeners(event)
    socket.on('data', (chunk) => inflate.write(chunk))
    // What is still being inflated comes before the end.
    socket.on('close', () => (inflate.destroyed ? this.#close() : inflate.flush(() => this.#close())))
  }

  /** Bytes that are sent as they are, compressed or not. */
  sendRaw(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  /** Says that nothing more will come, and goes on listening. */
  endInput(): void {
    this.#socket.end()
  }

  /** Vanishes: no goodbye, as a program that is killed. */
  vanish(): void {
    this.#socket.destroy()
  }

  close(): void {
    this.#socket.destroy()
  }

  #change(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(waitMs, 1))
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

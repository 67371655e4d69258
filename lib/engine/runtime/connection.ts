/**
 * One connection as a protocol sees it: lines in, bytes out, TLS in between.
 *
 * Guarantees: what a session writes in one turn leaves in one packet, however many replies it is (RFC 2920 §3.2);
 * nothing that was sent in clear is ever read as if it had come inside TLS (RFC 3207 §4.2, RFC 8314).
 */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import ipaddr from 'ipaddr.js'
import type { Mishap } from '#lib/mail/mishap.ts'
import type { ListenerName } from '#lib/policy/schema.ts'
import { channelBindingOf } from './channel-binding.ts'
import { Compression } from './compression.ts'
import { HandshakeFailed, type InterruptReason, PlaintextAfterStartTls } from './errors.ts'
import { handshake } from './handshake.ts'
import type { TextBudget } from './text-budget.ts'
import type { TlsSource } from './tls.ts'
import { type ReceivedText, WireReader } from './wire-reader.ts'

export type TlsMode = 'none' | 'starttls' | 'implicit'

export type ListenerSettings = {
  readonly name: ListenerName
  readonly protocol: 'smtp' | 'pop3' | 'imap' | 'managesieve'
  readonly host: string
  /** 0: any free one */
  readonly port: number
  readonly tls: TlsMode
  /** it listens at an address that only the old host has */
  readonly isOldHost: boolean
}

export type TlsFacts = { readonly version: string; readonly cipher: string }

export interface Connection {
  /** a UUID: the events of this session carry it */
  readonly id: string
  readonly listener: ListenerSettings
  /** canonical text; an IPv4 address that came through IPv6 is written as IPv4 */
  readonly remoteAddress: string
  readonly tls: TlsFacts | null
  /** the name that the client asked for (SNI), also where TLS failed */
  readonly serverName: string | null
  /** what went wrong below the protocol */
  readonly mishap: Mishap | null
  /** @returns null when the connection has no such binding (RFC 5929, RFC 9266) */
  channelBinding(type: string): Buffer | null
  readonly interrupted: InterruptReason | null
  readonly isCompressed: boolean
  readLine(limits: { maxBytes: number; timeoutMs: number }): Promise<Buffer>
  readDotTerminated(limits: { maxBytes: number; timeoutMs: number }): Promise<ReceivedText>
  readBytes(count: number, limits: { timeoutMs: number; budget?: TextBudget }): Promise<Buffer>
  skipBytes(count: number, limits: { timeoutMs: number }): Promise<void>
  hasPendingInput(): boolean
  /** Text is sent as UTF-8. */
  write(bytes: string | Buffer): void
  /** Resolves when the peer has taken most of what was written. */
  drained(): Promise<void>
  /** @throws PlaintextAfterStartTls, HandshakeFailed; the connection is closed then */
  startTls(): Promise<void>
  /** Sends what is written; what comes and goes from then on is DEFLATE. @throws PlaintextAfterStartTls */
  startCompression(): Promise<void>
  /** Sends what is written and closes. */
  end(lastBytes?: string): Promise<void>
  destroy(): void
  /** Ends the wait for the next line; a text or literal that is coming in is never cut. */
  interrupt(reason: InterruptReason): void
}

const CLOSE_MS = 5_000
const MAX_UNSENT_CHARACTERS = 65_536

export class SocketConnection implements Connection {
  readonly id = randomUUID()
  serverName: string | null = null
  readonly listener: ListenerSettings
  readonly remoteAddress: string
  readonly #tlsSource: TlsSource
  readonly #reader: WireReader
  #socket: Socket | TLSSocket
  #tls: TlsFacts | null = null
  #mishap: Mishap | null = null
  #hasHeard = false
  #isCorked = false
  /** text of this turn: one piece costs less to send than its lines */
  #unsentText = ''
  #compression: Compression | null = null

  constructor(socket: Socket, listener: ListenerSettings, tlsSource: TlsSource) {
    this.listener = listener
    this.#tlsSource = tlsSource
    this.#socket = socket
    this.remoteAddress = canonicalRemoteAddress(socket)
    this.#reader = new WireReader({ pause: () => this.#pauseInput(), resume: () => this.#resumeInput() })
    socket.setNoDelay(true)
    this.#attach(socket)
  }

  get tls(): TlsFacts | null {
    return this.#tls
  }

  get mishap(): Mishap | null {
    return this.#mishap
  }

  channelBinding(type: string): Buffer | null {
    return this.#tls !== null && this.#socket instanceof TLSSocket ? channelBindingOf(this.#socket, type) : null
  }

  get interrupted(): InterruptReason | null {
    return this.#reader.interrupted
  }

  get isCompressed(): boolean {
    return this.#compression !== null
  }

  readLine(limits: { maxBytes: number; timeoutMs: number }): Promise<Buffer> {
    return this.#reader.readLine(limits)
  }

  readDotTerminated(limits: { maxBytes: number; timeoutMs: number }): Promise<ReceivedText> {
    return this.#reader.readDotTerminated(limits)
  }

  readBytes(count: number, limits: { timeoutMs: number; budget?: TextBudget }): Promise<Buffer> {
    return this.#reader.readBytes(count, limits)
  }

  skipBytes(count: number, limits: { timeoutMs: number }): Promise<void> {
    return this.#reader.skipBytes(count, limits)
  }

  hasPendingInput(): boolean {
    return this.#reader.hasPendingInput()
  }

  write(bytes: string | Buffer): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    if (!this.#isCorked) {
      this.#isCorked = true
      if (this.#compression === null) this.#socket.cork()
      process.nextTick(() => this.#uncork())
    }
    if (typeof bytes === 'string') this.#unsentText += bytes
    if (typeof bytes === 'string' && this.#unsentText.length < MAX_UNSENT_CHARACTERS) return
    this.#sendText()
    if (typeof bytes !== 'string') this.#send(bytes)
  }

  #sendText(): void {
    const text = this.#unsentText
    this.#unsentText = ''
    if (text !== '') this.#send(text)
  }

  #send(bytes: string | Buffer): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    if (this.#compression === null) this.#socket.write(bytes)
    else this.#compression.write(bytes)
  }

  #uncork(): void {
    if (!this.#isCorked) return
    this.#isCorked = false
    this.#sendText()
    if (this.#compression === null) this.#socket.uncork()
    else void this.#compression.flush()
  }

  /** Compressed bytes wait in the inflater, which makes the socket wait. */
  #pauseInput(): void {
    if (this.#compression === null) this.#socket.pause()
    else this.#compression.pauseInput()
  }

  #resumeInput(): void {
    if (this.#compression === null) this.#socket.resume()
    else this.#compression.resumeInput()
  }

  async drained(): Promise<void> {
    this.#uncork()
    await this.#compression?.flush()
    const socket = this.#socket
    if (!socket.writableNeedDrain || socket.destroyed) return
    await new Promise<void>((resolve) => {
      const done = () => {
        socket.off('drain', done)
        socket.off('close', done)
        resolve()
      }
      socket.on('drain', done)
      socket.on('close', done)
    })
  }

  async startTls(): Promise<void> {
    if (this.hasPendingInput()) {
      this.destroy()
      throw new PlaintextAfterStartTls('bytes were waiting behind STARTTLS')
    }
    this.#uncork()
    const plain = this.#socket
    this.#detach(plain)
    const secure = new TLSSocket(plain, {
      isServer: true,
      secureContext: this.#tlsSource.context(),
      ALPNCallback: ({ protocols }) => protocols.find((protocol) => protocol === this.listener.protocol),
      SNICallback: (name, done) => {
        this.serverName = name
        done(null, this.#tlsSource.context(name))
      },
    })
    this.#socket = secure
    // Already now, or a peer that goes away during the handshake would never be noticed.
    this.#attach(secure)
    this.#mishap = await handshake(secure, plain)
    if (this.#mishap !== null) throw new HandshakeFailed(this.#mishap)
    this.#tls = { version: secure.getProtocol() ?? 'TLS', cipher: secure.getCipher().standardName }
  }

  async startCompression(): Promise<void> {
    if (this.hasPendingInput()) {
      this.destroy()
      throw new PlaintextAfterStartTls('bytes were waiting behind COMPRESS')
    }
    this.#uncork()
    this.#compression = new Compression({
      received: (bytes) => this.#reader.push(bytes),
      send: (bytes) => {
        if (!this.#socket.destroyed && !this.#socket.writableEnded) this.#socket.write(bytes)
      },
      pauseSocket: () => this.#socket.pause(),
      resumeSocket: () => this.#socket.resume(),
      fail: () => this.destroy(),
    })
  }

  async end(lastBytes?: string): Promise<void> {
    if (lastBytes !== undefined) this.write(lastBytes)
    this.#uncork()
    await this.#compression?.flush()
    const socket = this.#socket
    this.#reader.close()
    if (socket.destroyed) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => socket.destroy(), CLOSE_MS)
      socket.once('close', () => {
        clearTimeout(timer)
        resolve()
      })
      // The peer's last bytes are read and dropped: an unread byte would turn our FIN into a reset.
      socket.resume()
      socket.end()
    })
  }

  destroy(): void {
    this.#reader.close()
    this.#compression?.destroy()
    this.#socket.destroy()
  }

  interrupt(reason: InterruptReason): void {
    this.#reader.interrupt(reason)
  }

  readonly #onData = (chunk: Buffer): void => {
    if (!this.#hasHeard && this.#tls === null && isClientHello(chunk)) {
      this.#mishap = 'tlsOnPlainPort'
      this.destroy()
      return
    }
    this.#hasHeard = true
    if (this.#compression === null) this.#reader.push(chunk)
    else this.#compression.receive(chunk)
  }
  readonly #onEnd = (): void => {
    if (this.#compression === null) this.#reader.end()
    else this.#compression.finishInput(() => this.#reader.end())
  }
  readonly #onClose = (): void => {
    this.#reader.end()
    this.#compression?.destroy()
  }
  // An error is always followed by "close"; the reader learns of it there.
  readonly #onError = (): void => {}

  #attach(socket: Socket | TLSSocket): void {
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('close', this.#onClose)
    socket.on('error', this.#onError)
  }

  /** The error listener stays: a reset during the handshake must not end the process. */
  #detach(socket: Socket): void {
    socket.pause()
    socket.off('data', this.#onData)
    socket.off('end', this.#onEnd)
    socket.off('close', this.#onClose)
  }
}

/** RFC 8446 §5.1: a handshake record with a ClientHello in it. Nobody answers it here, so nobody shall wait. */
function isClientHello(chunk: Buffer): boolean {
  return chunk[0] === 0x16 && chunk[1] === 0x03 && chunk[5] === 0x01
}

function canonicalRemoteAddress(socket: Socket): string {
  const address = socket.remoteAddress
  return address === undefined ? '0.0.0.0' : ipaddr.process(address).toString()
}

/**
 * The client's end of an SMTP connection: commands out, replies in, TLS in between.
 *
 * Guarantees: every wait has an end (RFC 5321 §4.5.3.2); what the other side sends is bounded; what it sent before the
 * TLS handshake is never taken for an answer given inside it (CVE-2011-0411 seen from the client).
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { makeReply, parseReplyLine, type Reply } from './reply.ts'
import { CertificateRefused, certificateFailure, type TlsFailure } from './tls-failure.ts'

/** The connection is of no use any more; what was under way has no answer. */
export class ChannelBroken extends Error {}

export type TlsDemand = { readonly serverName: string; readonly mustBeValid: boolean }

export interface SmtpChannel {
  readonly remoteAddress: string
  readonly tlsVersion: string | null
  /** what is wrong with the certificate that the session goes on under; null without TLS */
  readonly certificateFailure: TlsFailure | null
  /** Resolves when the bytes have been handed to the system. */
  send(bytes: Buffer | string, timeoutMs: number): Promise<void>
  readReply(timeoutMs: number): Promise<Reply>
  /** @throws CertificateRefused, before anything is sent under a certificate that must be valid and is not */
  startTls(demand: TlsDemand, timeoutMs: number): Promise<void>
  close(): void
}

const MAX_LINE_BYTES = 4_096
const MAX_REPLY_LINES = 200
const MAX_BUFFERED_BYTES = 262_144
const WRITE_BLOCK_BYTES = 65_536
const LF = 0x0a
const STOPPING = 'this server was stopped meanwhile'

/** @param cut ends every wait at once: nobody has the time any more */
export function connectChannel(
  address: string,
  port: number,
  timeoutMs: number,
  cut: AbortSignal,
): Promise<SmtpChannel> {
  return new Promise((resolve, reject) => {
    if (cut.aborted) return reject(new ChannelBroken(STOPPING))
    const socket = connectTcp({ host: address, port, noDelay: true, keepAlive: true, signal: cut })
    const timer = setTimeout(() => socket.destroy(new Error('connection timed out')), timeoutMs)
    socket.once('error', (cause) => {
      clearTimeout(timer)
      reject(new ChannelBroken(describe(cause), { cause }))
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(channelOn(socket, address, cut))
    })
  })
}

function channelOn(first: Socket, remoteAddress: string, cut: AbortSignal): SmtpChannel {
  let socket: Socket | TLSSocket = first
  let tlsVersion: string | null = null
  let certificateFault: TlsFailure | null = null
  let buffered: Buffer = Buffer.alloc(0)
  let broken: ChannelBroken | null = null
  let wake: () => void = () => {}

  function fail(message: string): void {
    broken ??= new ChannelBroken(message)
    socket.destroy()
    wake()
  }

  const onData = (chunk: Buffer) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk])
    if (buffered.length > MAX_BUFFERED_BYTES) fail('the answer is too long')
    wake()
  }
  const onError = (cause: Error) => fail(describe(cause))
  const onEnd = () => {
    cut.removeEventListener('abort', onCut)
    fail('the connection was closed')
  }
  const onCut = () => fail(STOPPING)
  cut.addEventListener('abort', onCut)

  function listen(): void {
    socket.on('data', onData).on('error', onError).on('close', onEnd)
  }

  /** Waits until `ready` holds; a broken or silent connection is an exception. */
  async function until(ready: () => boolean, timeoutMs: number): Promise<void> {
    const timer = setTimeout(() => fail('no answer in time'), timeoutMs)
    try {
      while (!ready()) {
        if (broken) throw broken
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }

  async function readLine(timeoutMs: number): Promise<string> {
    await until(() => buffered.includes(LF) || buffered.length > MAX_LINE_BYTES, timeoutMs)
    const end = buffered.indexOf(LF)
    if (end === -1 || end > MAX_LINE_BYTES) {
      fail('an answer line is too long')
      throw broken ?? new ChannelBroken('an answer line is too long')
    }
    const line = buffered.toString('latin1', 0, end)
    buffered = buffered.subarray(end + 1)
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }

  async function write(block: Buffer | string, timeoutMs: number): Promise<void> {
    if (broken) throw broken
    let isWritten = false
    socket.write(block, () => {
      isWritten = true
      wake()
    })
    await until(() => isWritten, timeoutMs)
  }

  listen()
  return {
    remoteAddress,
    get tlsVersion() {
      return tlsVersion
    },
    get certificateFailure() {
      return certificateFault
    },
    async send(bytes, timeoutMs) {
      if (typeof bytes === 'string') return write(bytes, timeoutMs)
      for (let offset = 0; offset < bytes.length; offset += WRITE_BLOCK_BYTES) {
        await write(bytes.subarray(offset, offset + WRITE_BLOCK_BYTES), timeoutMs)
      }
    },
    async readReply(timeoutMs) {
      const lines: string[] = []
      for (;;) {
        const parsed = parseReplyLine(await readLine(timeoutMs))
        if (parsed === null || lines.length === MAX_REPLY_LINES) {
          fail('the answer is not SMTP')
          throw broken ?? new ChannelBroken('the answer is not SMTP')
        }
        lines.push(parsed.text)
        if (parsed.isLast) return makeReply(parsed.code, lines)
      }
    },
    async startTls({ serverName, mustBeValid }, timeoutMs) {
      if (buffered.length > 0) {
        fail('answers before the TLS handshake')
        throw broken ?? new ChannelBroken('answers before the TLS handshake')
      }
      socket.removeAllListeners()
      let isSecure = false
      const secured = connectTls({
        socket,
        host: serverName,
        servername: isIP(serverName) ? '' : serverName, // RFC 6066 §3: a name, never an address
        rejectUnauthorized: false, // judged below, where the reason is known
        minVersion: 'TLSv1.2',
      })
      socket = secured
      secured.once('secureConnect', () => {
        isSecure = true
        wake()
      })
      listen()
      await until(() => isSecure, timeoutMs)
      if (!secured.authorized) {
        const code = String(secured.authorizationError)
        if (mustBeValid) throw new CertificateRefused(code)
        certificateFault = certificateFailure(code)
      }
      tlsVersion = secured.getProtocol()
    },
    close() {
      socket.removeListener('data', onData)
      socket.destroySoon()
    },
  }
}

function describe(cause: Error): string {
  const { code } = cause as NodeJS.ErrnoException
  return code ? `${code}: ${cause.message}` : cause.message
}

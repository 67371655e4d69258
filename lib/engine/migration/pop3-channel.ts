/**
 * The client's end of a POP3 connection (RFC 1939): commands out, answers in, TLS in between (RFC 2595).
 *
 * Guarantees: every wait has an end; a line and a text are bounded, whatever the server announces; what came before
 * the TLS handshake is never taken for an answer given inside it.
 */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { DotReader } from '../runtime/dot-reader.ts'
import { TextBudget } from '../runtime/text-budget.ts'
import { MAX_MESSAGE_BYTES, SourceFailed } from './source.ts'
import type { SourceAccess } from './source-access.ts'
import { failureOf } from './source-failure.ts'

export interface Pop3Channel {
  readLine(): Promise<string>
  /** @returns what follows +OK @throws SourceFailed when it is -ERR */
  command(line: string): Promise<string>
  /** The lines of a listing, one at a time. */
  listing(line: string): AsyncGenerator<string>
  /** The text of RETR or TOP; null when the server refuses this one message, or it is too large. */
  text(line: string): Promise<Buffer | null>
  startTls(access: SourceAccess): Promise<void>
  close(): void
}

const WAIT_MS = 60_000
const MAX_LINE_BYTES = 4_096
const LF = 0x0a
const EMPTY = Buffer.alloc(0)

export async function connectPop3(access: SourceAccess): Promise<Pop3Channel> {
  const { host, pop3Port: port, tls } = access
  const socket =
    tls === 'IMPLICIT' ? connectTls({ host, port, ...tlsOptions(access) }) : connectTcp({ host, port, noDelay: true })
  return channelOn(await opened(socket, tls === 'IMPLICIT' ? 'secureConnect' : 'connect'))
}

function tlsOptions({ host, authority }: SourceAccess) {
  const servername = isIP(host) ? '' : host
  return { servername, minVersion: 'TLSv1.2' as const, ...(authority === '' ? {} : { ca: authority }) }
}

function opened(socket: Socket, event: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.destroy(new SourceFailed('timedOut', 'no connection in time')), WAIT_MS)
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(failureOf(error))
    })
    socket.once(event, () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

function channelOn(first: Socket): Pop3Channel {
  let socket = first
  let unread: Buffer = EMPTY
  let broken: SourceFailed | null = null
  let wake: () => void = () => {}

  function fail(failure: SourceFailed): SourceFailed {
    broken ??= failure
    socket.destroy()
    wake()
    return broken
  }

  function listen(): void {
    socket.on('data', (chunk: Buffer) => {
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk])
      socket.pause()
      wake()
    })
    socket.on('error', (error) => fail(failureOf(error)))
    socket.on('close', () => fail(new SourceFailed('connectionLost', 'the server closed the connection')))
  }

  /** Waits for more than what is unread. */
  async function more(): Promise<void> {
    if (broken) throw broken
    const timer = setTimeout(() => fail(new SourceFailed('timedOut', 'no answer in time')), WAIT_MS)
    await new Promise<void>((resolve) => {
      wake = resolve
      socket.resume()
    })
    clearTimeout(timer)
    if (broken && unread.length === 0) throw broken
  }

  async function readLine(): Promise<string> {
    for (;;) {
      const end = unread.indexOf(LF)
      if (end > MAX_LINE_BYTES || (end < 0 && unread.length > MAX_LINE_BYTES))
        throw fail(new SourceFailed('protocolBroken', 'a line without an end'))
      if (end >= 0) {
        const line = unread.toString('latin1', 0, end)
        unread = unread.subarray(end + 1)
        return line.endsWith('\r') ? line.slice(0, -1) : line
      }
      if (broken) throw broken
      await more()
    }
  }

  async function answer(): Promise<string | null> {
    const line = await readLine()
    if (/^\+OK\b/i.test(line)) return line.slice(4)
    if (/^-ERR\b/i.test(line)) return null
    throw fail(new SourceFailed('protocolBroken', 'the answer is not POP3'))
  }

  async function send(line: string): Promise<void> {
    if (broken) throw broken
    socket.write(`${line}\r\n`)
  }

  async function readText(): Promise<Buffer | null> {
    const reader = new DotReader(MAX_MESSAGE_BYTES, new TextBudget(MAX_MESSAGE_BYTES))
    for (;;) {
      if (unread.length > 0) {
        const taken = reader.take(unread)
        unread = taken < 0 ? EMPTY : unread.subarray(taken)
        if (taken >= 0) break
        if (reader.totalBytes > 4 * MAX_MESSAGE_BYTES)
          throw fail(new SourceFailed('protocolBroken', 'a text without an end'))
      }
      if (broken) throw broken
      await more()
    }
    const { bytes, tooLarge } = reader.finish()
    return tooLarge ? null : bytes
  }

  listen()
  return {
    readLine,
    async command(line) {
      await send(line)
      const text = await answer()
      if (text === null) throw new SourceFailed('protocolBroken', `${line.slice(0, 4)} was refused`)
      return text
    },
    async *listing(line) {
      await send(line)
      if ((await answer()) === null) throw new SourceFailed('protocolBroken', `${line.slice(0, 4)} was refused`)
      for (let entry = await readLine(); entry !== '.'; entry = await readLine()) yield entry
    },
    async text(line) {
      await send(line)
      return (await answer()) === null ? null : readText()
    },
    async startTls(access) {
      if (unread.length > 0) throw fail(new SourceFailed('tlsFailed', 'answers before the TLS handshake'))
      socket.removeAllListeners()
      socket.resume()
      socket = await opened(connectTls({ socket, ...tlsOptions(access) }), 'secureConnect')
      listen()
    },
    close() {
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.destroySoon()
    },
  }
}

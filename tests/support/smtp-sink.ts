/**
 * An SMTP server that takes everything and records every byte, for tests about what goes out.
 *
 * It is strict where it matters: only CRLF ends a line, only CRLF.CRLF ends the data, and what comes in is kept as it
 * came, dots still doubled. A behaviour may answer any command its own way.
 */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createSecureContext, type SecureVersion, TLSSocket } from 'node:tls'

export type SinkMessage = {
  /** "MAIL FROM:<…> SIZE=…" as it came */
  readonly mail: string
  readonly recipients: readonly string[]
  /** everything after 354, up to and with the final dot line */
  readonly wire: Buffer
  /** the message itself: without the final dot line, dots undoubled */
  readonly content: Buffer
  readonly isTls: boolean
}

export type SinkBehaviour = {
  readonly greeting: string
  readonly extensions: readonly string[]
  /** offers STARTTLS with this certificate */
  readonly tls: {
    readonly key: string
    readonly cert: string
    /** nothing newer */
    readonly maxVersion?: SecureVersion
    /** says 220 and then nothing that is TLS */
    readonly isNonsense?: boolean
  } | null
  /** an answer of its own to a command or, as "." , to the end of the data; null for the usual one; '' for none */
  readonly answer: (command: string, session: { readonly messages: number; readonly isTls: boolean }) => string | null
}

export type SmtpSink = {
  readonly port: number
  readonly messages: readonly SinkMessage[]
  /** every command line of every connection, in the order of arrival */
  readonly commands: readonly string[]
  readonly connectionCount: number
  /** resolves when so many messages have arrived in all */
  received(count: number): Promise<void>
  /** replaces parts of the behaviour from now on */
  behave(change: Partial<SinkBehaviour>): void
  stop(): Promise<void>
}

const usual: SinkBehaviour = {
  greeting: '220 sink.example ESMTP',
  extensions: ['PIPELINING', 'SIZE 50000000', '8BITMIME', 'SMTPUTF8', 'DSN', 'ENHANCEDSTATUSCODES'],
  tls: null,
  answer: () => null,
}

const CRLF = Buffer.from('\r\n')
const END = Buffer.from('\r\n.\r\n')

/** @param at where it listens; any free port of 127.0.0.1 unless a test says otherwise */
export async function startSmtpSink(
  behaviour: Partial<SinkBehaviour> = {},
  { host = '127.0.0.1', port = 0 } = {},
): Promise<SmtpSink> {
  let current = { ...usual, ...behaviour }
  const messages: SinkMessage[] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  let wake: () => void = () => {}
  let connectionCount = 0

  const server = createServer((socket) => {
    connectionCount += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, () => current, {
      command: (line) => commands.push(line),
      message: (message) => {
        messages.push(message)
        wake()
      },
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the sink has no port')

  return {
    port: address.port,
    messages,
    commands,
    get connectionCount() {
      return connectionCount
    },
    async received(count) {
      while (messages.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    behave(change) {
      current = { ...current, ...change }
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

type Recorder = { command(line: string): void; message(message: SinkMessage): void }

function converse(first: Socket, behaviour: () => SinkBehaviour, record: Recorder): void {
  let socket: Socket = first
  let buffered = Buffer.alloc(0)
  let mail = ''
  let recipients: string[] = []
  let isData = false
  let messageCount = 0

  const say = (text: string) => {
    if (text !== '') socket.write(`${text}\r\n`)
    if (text.startsWith('421') || text.startsWith('221')) socket.end()
  }

  function listen(): void {
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      buffered = Buffer.concat([buffered, chunk])
      while (isData ? takeData() : takeCommand());
    })
  }

  function takeCommand(): boolean {
    const end = buffered.indexOf(CRLF)
    if (end === -1) return false
    const line = buffered.toString('utf8', 0, end)
    buffered = buffered.subarray(end + 2)
    record.command(line)
    const own = behaviour().answer(line, sessionFacts())
    if (own === null) obey(line)
    else say(own)
    return true
  }

  const sessionFacts = () => ({ messages: messageCount, isTls: socket instanceof TLSSocket })

  function obey(line: string): void {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'STAR' && behaviour().tls !== null) upgrade()
    else say(replyTo(verb, line))
  }

  function replyTo(verb: string, line: string): string {
    switch (verb) {
      case 'EHLO':
        return ehlo()
      case 'STAR':
        return '454 4.7.0 no TLS'
      case 'QUIT':
        return '221 2.0.0 bye'
      case 'DATA':
        isData = true
        return '354 go on'
      case 'MAIL':
        mail = line
        recipients = []
        return '250 2.1.0 ok'
      case 'RCPT':
        recipients.push(line)
        return '250 2.1.5 ok'
      default:
        return '250 2.0.0 ok'
    }
  }

  function ehlo(): string {
    const { extensions, tls } = behaviour()
    const offered = [...extensions, ...(tls && !(socket instanceof TLSSocket) ? ['STARTTLS'] : [])]
    const lines = ['sink.example', ...offered]
    return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n')
  }

  function upgrade(): void {
    const { tls } = behaviour()
    if (tls === null) return
    socket.write('220 2.0.0 go on\r\n')
    socket.removeAllListeners('data')
    buffered = Buffer.alloc(0)
    if (tls.isNonsense) socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    else {
      // The old versions of TLS are only to be had at OpenSSL's lowest level of security.
      const old = tls.maxVersion ? { minVersion: tls.maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } : {}
      socket = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ ...tls, ...old }) })
      listen()
    }
  }

  function takeData(): boolean {
    // The first line may itself be the lone dot: look for the end with the CRLF of the 354 before it.
    const end = Buffer.concat([CRLF, buffered]).indexOf(END)
    if (end === -1) return false
    const wire = Buffer.from(buffered.subarray(0, end + END.length - CRLF.length))
    buffered = buffered.subarray(wire.length)
    isData = false
    const own = behaviour().answer('.', sessionFacts())
    if (own === null || own.startsWith('2')) {
      messageCount += 1
      const isTls = socket instanceof TLSSocket
      record.message({ mail, recipients, wire, content: undoDots(wire.subarray(0, wire.length - 3)), isTls })
    }
    say(own ?? '250 2.0.0 taken')
    return true
  }

  listen()
  say(behaviour().greeting)
}

function undoDots(wire: Buffer): Buffer {
  return Buffer.from(wire.toString('latin1').replace(/(^|\r\n)\./g, '$1'), 'latin1')
}

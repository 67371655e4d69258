/** Conversations that POP3 tests begin with, and mail for them to read. */
import { randomUUID } from 'node:crypto'
import { openDatabase } from '#lib/db/database.ts'
import { appendMessages } from '#lib/engine/store/append-message.ts'
import type { TestEngine } from './engine.ts'
import type { TestCredential } from './mailbox.ts'
import { WireClient } from './wire-client.ts'

const LINE = /^(?:\+OK|-ERR)[^\r\n]*\r\n/
const LINES = /^(?:-ERR[^\r\n]*\r\n|\+OK[^\r\n]*\r\n(?:(?!\.\r\n)[^\n]*\n)*\.\r\n)/

export class Pop3Client {
  readonly wire: WireClient

  constructor(wire: WireClient) {
    this.wire = wire
  }

  /** Greeted, inside TLS. */
  static async connect(engine: TestEngine): Promise<Pop3Client> {
    const client = new Pop3Client(await WireClient.connectTls({ port: engine.ports.pop3s }, engine.authorityFile))
    await client.line()
    return client
  }

  /** Greeted, in clear. */
  static async connectPlainly(engine: TestEngine, localAddress = '127.0.0.1'): Promise<Pop3Client> {
    const client = new Pop3Client(await WireClient.connect({ port: engine.ports.pop3, localAddress }))
    await client.line()
    return client
  }

  static async login(engine: TestEngine, { username, password }: TestCredential): Promise<Pop3Client> {
    const client = await Pop3Client.connect(engine)
    await client.ask(`USER ${username}`)
    const answer = await client.ask(`PASS ${password}`)
    if (!answer.startsWith('+OK')) throw new Error(`login refused: ${answer}`)
    return client
  }

  line(): Promise<string> {
    return this.wire.until(LINE)
  }

  lines(): Promise<string> {
    return this.wire.until(LINES)
  }

  /** A command with an answer of one line. */
  ask(command: string): Promise<string> {
    this.wire.send(`${command}\r\n`)
    return this.line()
  }

  /** A command with an answer of many lines. */
  askLines(command: string): Promise<string> {
    this.wire.send(`${command}\r\n`)
    return this.lines()
  }

  async quit(): Promise<void> {
    const answer = await this.ask('QUIT')
    if (!answer.startsWith('+OK')) throw new Error(`QUIT: ${answer}`)
    await this.wire.rest()
  }

  close(): void {
    this.wire.close()
  }
}

/** Puts messages, given as latin1 text, into the INBOX without a protocol. */
export async function fillMailbox(engine: TestEngine, mailboxId: number, messages: readonly string[]): Promise<void> {
  const database = openDatabase(engine.databaseUrl, 1)
  try {
    const appended = await appendMessages(
      database,
      messages.map((message) => ({
        copies: [
          { mailboxId, folderId: null, specialUse: null, prefix: Buffer.from('Return-Path: <a@b.example>\r\n') },
        ],
        mayOverfill: false,
        content: Buffer.from(message, 'latin1'),
        internalDate: new Date(),
        flags: 0,
        keywords: [],
        uidl: randomUUID().replaceAll('-', ''),
      })),
    )
    if (appended.includes(null)) throw new Error('the mailbox took not every message')
  } finally {
    await database.close()
  }
}

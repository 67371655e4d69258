/** Conversations that IMAP tests begin with. */
import type { TestEngine } from './engine.ts'
import type { TestCredential } from './mailbox.ts'
import { WireClient } from './wire-client.ts'

type Reachable = { readonly ports: Pick<TestEngine['ports'], 'imap' | 'imaps'>; readonly authorityFile: string }

export class ImapClient {
  readonly wire: WireClient
  #tags = 0

  constructor(wire: WireClient) {
    this.wire = wire
  }

  /** Greeted, inside TLS. */
  static async connect(engine: Reachable): Promise<ImapClient> {
    const client = new ImapClient(await WireClient.connectTls({ port: engine.ports.imaps }, engine.authorityFile))
    await client.greeting()
    return client
  }

  /** Greeted, in clear. */
  static async connectPlainly(engine: Reachable, localAddress = '127.0.0.1'): Promise<ImapClient> {
    const client = new ImapClient(await WireClient.connect({ port: engine.ports.imap, localAddress }))
    await client.greeting()
    return client
  }

  static async login(
    engine: Reachable,
    { username, password }: Pick<TestCredential, 'username' | 'password'>,
  ): Promise<ImapClient> {
    const client = await ImapClient.connect(engine)
    await client.ok(`LOGIN ${username} ${password}`)
    return client
  }

  greeting(): Promise<string> {
    return this.wire.until(/^\* [^\r\n]*\r\n/)
  }

  nextTag(): string {
    this.#tags += 1
    return `t${this.#tags}`
  }

  /** Everything up to and including the tagged reply; the tag is written as "tag". */
  async answer(tag: string): Promise<string> {
    const text = await this.wire.until(new RegExp(`(?:^|\\r\\n)${tag} (?:OK|NO|BAD)[^\\r\\n]*\\r\\n`))
    return text.replaceAll(new RegExp(`(^|\\r\\n)${tag} (?=OK|NO|BAD)`, 'g'), '$1tag ')
  }

  /** Says a command; each further text is a literal's bytes followed by what comes after it. */
  async ask(command: string, ...literals: readonly (readonly [literal: string, rest: string])[]): Promise<string> {
    const tag = this.nextTag()
    let text = `${tag} ${command}`
    for (const [literal, rest] of literals) {
      this.wire.send(`${text}{${literal.length}}\r\n`)
      await this.wire.until(/^\+ [^\r\n]*\r\n/)
      text = literal + rest
    }
    this.wire.send(`${text}\r\n`)
    return this.answer(tag)
  }

  /** The same, and throws when the reply is not OK. @returns the untagged part and the reply */
  async ok(command: string, ...literals: readonly (readonly [string, string])[]): Promise<string> {
    const answer = await this.ask(command, ...literals)
    if (!/(?:^|\r\n)tag OK/.test(answer)) throw new Error(`${command.split(' ', 1)[0]}: ${answer}`)
    return answer
  }

  /** @returns the UID */
  async append(folder: string, message: string, flags = ''): Promise<number> {
    const answer = await this.ok(`APPEND ${folder} ${flags === '' ? '' : `(${flags}) `}`, [message, ''])
    return Number(/APPENDUID \d+ (\d+)/.exec(answer)?.[1])
  }

  async logout(): Promise<void> {
    await this.ok('LOGOUT')
    await this.wire.rest()
  }

  close(): void {
    this.wire.close()
  }
}

/** The lines of an answer that has no literals, without the tagged reply. */
export function untagged(answer: string): string[] {
  return answer.split('\r\n').filter((line) => line.startsWith('* '))
}

/** The reply without its words: "OK", "NO [TRYCREATE]". */
export function result(answer: string): string {
  return /(?:^|\r\n)tag ((?:OK|NO|BAD)(?: \[[^\]]*\])?)[^\r\n]*\r\n$/.exec(answer)?.[1] ?? answer
}

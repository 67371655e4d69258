/** curl as a mail program: it connects to the names that the pages show, which lead to this machine here. */
import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestEngine } from '#tests/support/engine.ts'

const run = promisify(execFile)

export type Login = { readonly username: string; readonly password: string }

export class MailProgram {
  readonly #ports: TestEngine['ports']
  readonly #directory = mkdtempSync(join(tmpdir(), 'mail-program-'))
  readonly address: string

  private constructor(ports: TestEngine['ports'], address: string) {
    this.#ports = ports
    this.address = address
  }

  /**
   * It trusts the certificate authority that the portal hands out.
   * @param address of loopback, from which it connects: POP before SMTP opens the way for one address
   */
  static async trusting({ ports }: TestEngine, authorityUrl: string, address: string): Promise<MailProgram> {
    const program = new MailProgram(ports, address)
    writeFileSync(program.#authorityFile, await (await fetch(authorityUrl)).text())
    return program
  }

  get #authorityFile(): string {
    return join(this.#directory, 'ca.crt')
  }

  /** To itself, through smtpa with a login. */
  sendWithLogin(address: string, login: Login, subject: string): Promise<string> {
    return this.#send('smtps', 'smtpa.infonia.ne.jp', this.#ports.submissions, address, subject, this.#user(login))
  }

  /** To itself, through smtp without one. */
  sendWithoutLogin(address: string, subject: string): Promise<string> {
    return this.#send('smtp', 'smtp.infonia.ne.jp', this.#ports.smtp, address, subject, [])
  }

  /** The first message, by POP3. */
  read(login: Login): Promise<string> {
    return this.#curl('pop3s', 'pop.infonia.ne.jp', this.#ports.pop3s, this.#user(login))
  }

  #send(scheme: string, host: string, port: number, address: string, subject: string, login: string[]) {
    const file = join(this.#directory, `${subject}.eml`)
    writeFileSync(file, `From: <${address}>\r\nTo: <${address}>\r\nSubject: ${subject}\r\n\r\nhello\r\n`)
    return this.#curl(scheme, host, port, [...login, '--mail-from', address, '--mail-rcpt', address, '-T', file])
  }

  #user({ username, password }: Login): string[] {
    return ['-u', `${username}:${password}`]
  }

  async #curl(scheme: string, host: string, port: number, args: string[]): Promise<string> {
    const route = [
      '--resolve',
      `${host}:${port}:127.0.0.1`,
      '--interface',
      this.address,
      '--cacert',
      this.#authorityFile,
    ]
    const { stdout } = await run('curl', ['-sS', ...route, '--url', `${scheme}://${host}:${port}/1`, ...args])
    return stdout
  }
}

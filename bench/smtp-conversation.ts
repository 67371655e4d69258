/** Sends messages as a mail program does: one command at a time, and every answer is looked at. */
import type { LineClient } from './line-client.ts'

export type Sender = { readonly address: string; readonly username: string; readonly password: string }

/** From the greeting to the login. */
export async function openSubmission(client: LineClient, { username, password }: Sender): Promise<void> {
  await expectReply(client, '220')
  await command(client, 'EHLO bench.example', '250')
  const response = Buffer.from(`\0${username}\0${password}`).toString('base64')
  await command(client, `AUTH PLAIN ${response}`, '235')
}

/** @returns milliseconds from the last byte of the message to its 250 */
export async function sendMessage(client: LineClient, address: string, text: Buffer): Promise<number> {
  await command(client, `MAIL FROM:<${address}>`, '250')
  await command(client, `RCPT TO:<${address}>`, '250')
  await command(client, 'DATA', '354')
  const sentAt = performance.now()
  client.write(text)
  await expectReply(client, '250')
  return performance.now() - sentAt
}

export async function quitSmtp(client: LineClient): Promise<void> {
  await command(client, 'QUIT', '221')
  client.close()
}

async function command(client: LineClient, line: string, code: string): Promise<void> {
  client.write(`${line}\r\n`)
  await expectReply(client, code)
}

async function expectReply(client: LineClient, code: string): Promise<void> {
  let line = await client.line()
  while (line[3] === '-') line = await client.line()
  if (!line.startsWith(code)) throw new Error(`expected ${code}, got ${line}`)
}

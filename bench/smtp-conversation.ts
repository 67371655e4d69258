/** Sends messages as a mail program or another server does: one command at a time, and every answer is looked at. */
import type { SecureContext } from 'node:tls'
import type { LineClient } from './line-client.ts'

export type Sender = { readonly address: string; readonly username: string; readonly password: string }

/** From the greeting to the login. */
export async function openSubmission(client: LineClient, { username, password }: Sender): Promise<void> {
  await greet(client)
  const response = Buffer.from(`\0${username}\0${password}`).toString('base64')
  await command(client, `AUTH PLAIN ${response}`, '235')
}

/** @param secure null: in clear; else STARTTLS */
export async function openInbound(client: LineClient, secure: SecureContext | null): Promise<void> {
  await greet(client)
  if (secure === null) return
  await command(client, 'STARTTLS', '220')
  await client.startTls(secure)
  await command(client, 'EHLO bench.example', '250')
}

async function greet(client: LineClient): Promise<void> {
  await expectReply(client, '220')
  await command(client, 'EHLO bench.example', '250')
}

export type Letter = { readonly from: string; readonly to: string; readonly text: Buffer }

/** @returns milliseconds from the last byte of the message to its 250 */
export async function sendMessage(client: LineClient, { from, to, text }: Letter): Promise<number> {
  await command(client, `MAIL FROM:<${from}>`, '250')
  await command(client, `RCPT TO:<${to}>`, '250')
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

/** Conversations that SMTP tests begin with. */

import type { TestEngine } from './engine.ts'
import type { TestCredential } from './mailbox.ts'
import { WireClient } from './wire-client.ts'

export function plainResponse(username: string, password: string): string {
  return Buffer.from(`\0${username}\0${password}`).toString('base64')
}

/** Greeted and EHLO'd, in clear. */
export async function smtpClient(port: number, localAddress?: string): Promise<WireClient> {
  const client = await WireClient.connect({ port, ...(localAddress === undefined ? {} : { localAddress }) })
  await client.reply()
  await client.command('EHLO client.example')
  return client
}

/** Inside TLS on 465, not logged in. */
export async function submissionsClient(engine: TestEngine, localAddress?: string): Promise<WireClient> {
  const client = await WireClient.connectTls({ port: engine.ports.submissions, localAddress }, engine.authorityFile)
  await client.reply()
  await client.command('EHLO client.example')
  return client
}

/** Inside TLS after STARTTLS on 587, not logged in. */
export async function submissionClient(engine: TestEngine): Promise<WireClient> {
  const client = await smtpClient(engine.ports.submission)
  await client.command('STARTTLS')
  await client.startTls(engine.authorityFile)
  await client.command('EHLO client.example')
  return client
}

export async function logIn(client: WireClient, { username, password }: TestCredential): Promise<void> {
  const answer = await client.command(`AUTH PLAIN ${plainResponse(username, password)}`)
  if (!answer.startsWith('235')) throw new Error(`login refused: ${answer}`)
}

/** Logged in on 465. */
export async function loggedInClient(engine: TestEngine, credential: TestCredential): Promise<WireClient> {
  const client = await submissionsClient(engine)
  await logIn(client, credential)
  return client
}

/** MAIL, RCPT and DATA, up to the 354. */
export async function beginMessage(client: WireClient, sender: string, recipient: string): Promise<void> {
  for (const line of [`MAIL FROM:<${sender}>`, `RCPT TO:<${recipient}>`, 'DATA']) {
    const answer = await client.command(line)
    if (!/^[23]/.test(answer)) throw new Error(`${line}: ${answer}`)
  }
}

/** A whole message; the reply to its end. */
export async function sendMessage(
  client: WireClient,
  sender: string,
  recipient: string,
  text = `From: <${sender}>\r\nSubject: test\r\n\r\nhello\r\n`,
): Promise<string> {
  await beginMessage(client, sender, recipient)
  client.send(`${text}.\r\n`)
  return client.reply()
}

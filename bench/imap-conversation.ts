/** Reads by IMAP as a mail program does: one command at a time, and every answer is looked at. */
import type { LineClient } from './line-client.ts'
import { MAILBOX_MESSAGES } from './mail-server.ts'
import type { Sender } from './smtp-conversation.ts'

export async function openImap(client: LineClient, { username, password }: Sender): Promise<void> {
  const greeting = await client.line()
  if (!greeting.startsWith('* OK')) throw new Error(`expected a greeting, got ${greeting}`)
  await command(client, `LOGIN ${username} ${password}`)
}

/** LOGIN, SELECT, FETCH with envelopes of all messages, LOGOUT. */
export async function listMailbox(client: LineClient, reader: Sender): Promise<void> {
  await openImap(client, reader)
  await command(client, 'SELECT INBOX')
  const lines = await command(client, 'FETCH 1:* (UID FLAGS ENVELOPE)')
  const fetched = lines.filter((line) => /^\* \d+ FETCH \(.*ENVELOPE \(/.test(line)).length
  if (fetched !== MAILBOX_MESSAGES) throw new Error(`FETCH gave ${fetched} messages`)
  await command(client, 'LOGOUT')
  client.close()
}

export async function countInbox(client: LineClient): Promise<number> {
  const lines = await command(client, 'STATUS INBOX (MESSAGES)')
  const count = lines
    .map((line) => /^\* STATUS .*\(MESSAGES (\d+)\)/.exec(line)?.[1])
    .find((found) => found !== undefined)
  if (count === undefined) throw new Error(`STATUS said ${lines.join(' ')}`)
  return Number(count)
}

/** SELECT and IDLE, until the server says that it watches. */
export async function startIdling(client: LineClient): Promise<void> {
  await command(client, 'SELECT INBOX')
  client.write('i IDLE\r\n')
  for (let line = await client.line(); !line.startsWith('+'); line = await client.line());
}

export async function nextExists(client: LineClient): Promise<void> {
  for (let line = await client.line(); !/^\* \d+ EXISTS/.test(line); line = await client.line());
}

/** @returns the untagged lines */
async function command(client: LineClient, text: string): Promise<string[]> {
  client.write(`t ${text}\r\n`)
  const lines: string[] = []
  let line = await client.line()
  for (; !line.startsWith('t '); line = await client.line()) lines.push(line)
  if (!line.startsWith('t OK')) throw new Error(`${text.split(' ', 1)[0]}: ${line}`)
  return lines
}

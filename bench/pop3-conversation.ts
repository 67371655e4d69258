/** Looks for mail as a mail program does that leaves it on the server. */
import type { LineClient } from './line-client.ts'
import type { Sender } from './smtp-conversation.ts'

/** Login, STAT, UIDL, RETR 1, QUIT. */
export async function readMailbox(client: LineClient, reader: Sender): Promise<void> {
  const count = await openMaildrop(client, reader)
  const listed = await linesOf(client, 'UIDL')
  if (!(count > 0) || listed.length !== count) throw new Error(`STAT says ${count}, UIDL ${listed.length}`)
  const message = await linesOf(client, 'RETR 1')
  if (!message.some((line) => line.startsWith('Message-ID: <'))) throw new Error('RETR 1 gave another message')
  await command(client, 'QUIT')
  client.close()
}

/** Fetches and removes everything. @returns how many messages that were */
export async function emptyMailbox(client: LineClient, reader: Sender): Promise<number> {
  const count = await openMaildrop(client, reader)
  for (let number = 1; number <= count; number += 1) {
    await linesOf(client, `RETR ${number}`)
    await command(client, `DELE ${number}`)
  }
  await command(client, 'QUIT')
  client.close()
  return count
}

/** @returns how many messages are there */
async function openMaildrop(client: LineClient, { username, password }: Sender): Promise<number> {
  await expectOk(client)
  await command(client, `USER ${username}`)
  await command(client, `PASS ${password}`)
  return Number((await command(client, 'STAT')).split(' ')[1])
}

async function command(client: LineClient, line: string): Promise<string> {
  client.write(`${line}\r\n`)
  return expectOk(client)
}

async function expectOk(client: LineClient): Promise<string> {
  const line = await client.line()
  if (!line.startsWith('+OK')) throw new Error(`expected +OK, got ${line}`)
  return line
}

async function linesOf(client: LineClient, line: string): Promise<string[]> {
  await command(client, line)
  const lines: string[] = []
  for (let next = await client.line(); next !== '.'; next = await client.line()) lines.push(next)
  return lines
}

/** The first line that a server says. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { MailAddressOnWire } from '#lib/service/addresses.ts'

export async function greeting({ host, port, tls }: MailAddressOnWire, authorityFile: string): Promise<string> {
  const socket =
    tls === 'implicit' ? connectTls({ host, port, ca: readFileSync(authorityFile) }) : connect({ host, port })
  try {
    const [bytes] = (await once(socket, 'data')) as [Buffer]
    return bytes.toString()
  } finally {
    socket.destroy()
  }
}

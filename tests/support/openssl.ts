/** A client that refuses certificates as mail programs do, with an alert: openssl's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

type Wish = { readonly port: number; readonly serverName: string; readonly options: readonly string[] }

/** Connects, takes the certificate or not, and goes away. */
export async function visitWithOpenssl({ port, serverName, options }: Wish): Promise<void> {
  const host = ['-connect', `127.0.0.1:${port}`, '-servername', serverName]
  const client = spawn('openssl', ['s_client', ...host, '-verify_return_error', ...options], { stdio: 'ignore' })
  await once(client, 'exit')
}

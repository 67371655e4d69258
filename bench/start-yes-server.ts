/** The server that does nothing, as a process of its own. */
import { firstMessage, startFile } from './child-process.ts'
import type { ServerParts } from './load-job.ts'

export type YesServer = { readonly port: number; readonly parts: ServerParts; stop(): void }

export async function startYesServer(): Promise<YesServer> {
  const server = startFile({ file: 'yes-server.ts' })
  const port = await firstMessage<number>(server)
  return { port, parts: { server: [server.pid ?? 0] }, stop: () => void server.kill() }
}

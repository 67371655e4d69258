/** The whole catalogue: the notice's 36 clients in the notice's order, then those that people use today. */
import { androidClients } from './catalogue/android.ts'
import { appleClients } from './catalogue/apple.ts'
import { eudoraClients } from './catalogue/eudora.ts'
import { modernWindowsClients } from './catalogue/modern-windows.ts'
import { netscapeClients } from './catalogue/netscape.ts'
import { noticeWindowsClients } from './catalogue/notice-windows.ts'
import { outlookClients } from './catalogue/outlook.ts'
import { outlookExpressClients } from './catalogue/outlook-express.ts'
import { postpetClients } from './catalogue/postpet.ts'
import { unixClients } from './catalogue/unix.ts'
import type { Client } from './client.ts'
import { noticeRows } from './notice-table.ts'

/** In each group the clients that most people have stand first. */
const everyClient = [
  ...appleClients,
  ...androidClients,
  ...outlookClients,
  ...modernWindowsClients,
  ...unixClients,
  ...noticeWindowsClients,
  ...outlookExpressClients,
  ...eudoraClients,
  ...netscapeClients,
  ...postpetClients,
]

const byId: ReadonlyMap<string, Client> = new Map(everyClient.map((client) => [client.id, client]))

export function findClient(id: string): Client | null {
  return byId.get(id) ?? null
}

const noticeClients = noticeRows.flatMap(({ clientId }) => findClient(clientId) ?? [])
export const modernClients: readonly Client[] = everyClient.filter(({ era }) => era === 'modern')
export const catalogue: readonly Client[] = [...noticeClients, ...modernClients]

/** The client to move to that can connect safely today, following the chain of successors; null when none is known. */
export function safeSuccessorOf(client: Client): Client | null {
  const seen = new Set([client.id])
  let next = client.successor === null ? null : findClient(client.successor)
  while (next !== null && next.tls.value !== 'current') {
    if (seen.has(next.id)) return null
    seen.add(next.id)
    next = next.successor === null ? null : findClient(next.successor)
  }
  return next
}

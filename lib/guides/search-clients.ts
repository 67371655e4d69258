/** Finds clients by name, platform, age and method; all conditions together. */
import { catalogue } from './catalogue.ts'
import type { Client, Era, Platform } from './client.ts'
import { canUse } from './methods.ts'
import { searchKey } from './search-key.ts'
import type { SendingMethod } from './warnings.ts'

export type ClientQuery = {
  readonly name?: string
  readonly platform?: Platform
  readonly era?: Era
  readonly method?: SendingMethod
}

const keys: ReadonlyMap<string, readonly string[]> = new Map(
  catalogue.map((client) => [
    client.id,
    [client.name.ja, client.name.en, client.id, ...client.searchNames].map(searchKey),
  ]),
)

/** Every word of the query must be found in some name of the client. */
function hasName(client: Client, name: string): boolean {
  const words = name
    .split(/[\s\u3000]+/)
    .map(searchKey)
    .filter(Boolean)
  const names = keys.get(client.id) ?? []
  return words.every((word) => names.some((key) => key.includes(word)))
}

export function searchClients(query: ClientQuery): readonly Client[] {
  return catalogue.filter(
    (client) =>
      (query.name === undefined || hasName(client, query.name)) &&
      (query.platform === undefined || client.platforms.includes(query.platform)) &&
      (query.era === undefined || client.era === query.era) &&
      (query.method === undefined || canUse(client, query.method)),
  )
}

/** Finds clients by name, platform, age and method; all conditions together. */
import { catalogue } from './catalogue.ts'
import type { Client, Era, Platform } from './client.ts'
import { lettersApart } from './letters-apart.ts'
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

/** A short word with a wrong letter could be anything. */
const LETTERS_PER_MISTAKE = 3

function wordsOf(name: string): string[] {
  return name
    .split(/[\s\u3000]+/)
    .map(searchKey)
    .filter(Boolean)
}

/** Every word of the query must be found in some name of the client. */
function hasName(client: Client, name: string): boolean {
  const names = keys.get(client.id) ?? []
  return wordsOf(name).every((word) => names.some((key) => key.includes(word)))
}

function meets(client: Client, { platform, era, method }: ClientQuery): boolean {
  return (
    (platform === undefined || client.platforms.includes(platform)) &&
    (era === undefined || client.era === era) &&
    (method === undefined || canUse(client, method))
  )
}

export function searchClients(query: ClientQuery): readonly Client[] {
  const { name } = query
  return catalogue.filter((client) => meets(client, query) && (name === undefined || hasName(client, name)))
}

/** Those whose names are nearest to one that nobody has: it may be misspelt. */
export function closestClients(query: ClientQuery): readonly Client[] {
  const words = wordsOf(query.name ?? '')
  const mistakesIn = ({ id }: Client) => {
    const apart = words.map((word) => {
      const fewest = Math.min(...(keys.get(id) ?? []).map((key) => lettersApart(word, key)))
      return fewest <= Math.floor(word.length / LETTERS_PER_MISTAKE) ? fewest : Number.POSITIVE_INFINITY
    })
    return apart.reduce((sum, fewest) => sum + fewest, 0)
  }
  const judged = catalogue
    .filter((client) => meets(client, query))
    .map((client) => [client, mistakesIn(client)] as const)
  const fewest = Math.min(...judged.map(([, mistakes]) => mistakes))
  return Number.isFinite(fewest) ? judged.flatMap(([client, mistakes]) => (mistakes === fewest ? [client] : [])) : []
}

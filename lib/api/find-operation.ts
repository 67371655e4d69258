/** From a method and a path to the operation that is meant. */
import type { Operation } from './operation.ts'
import { operations } from './operations/all.ts'

export type Found =
  | { readonly outcome: 'found'; readonly operation: Operation; readonly params: Readonly<Record<string, string>> }
  | { readonly outcome: 'otherMethods'; readonly allowed: readonly string[] }
  | { readonly outcome: 'unknown' }

/** @param path below /api/v1, such as "/mailboxes/12" */
export function findOperation(method: string, path: string): Found {
  const here = operations.flatMap((operation) => {
    const params = paramsOf(operation.path, path)
    return params === null ? [] : [{ operation, params }]
  })
  const found = here.find(({ operation }) => operation.method === method)
  if (found !== undefined) return { outcome: 'found', ...found }
  if (here.length === 0) return { outcome: 'unknown' }
  return { outcome: 'otherMethods', allowed: here.map(({ operation }) => operation.method) }
}

/** @returns null when the path is another one */
function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name === undefined ? part !== text : text === '') return null
    if (name !== undefined) params[name] = text
  }
  return params
}

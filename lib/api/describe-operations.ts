/** The operations for a page that people read. */
import type { z } from 'zod'
import { basePath } from './answer-request.ts'
import { schemaOf } from './json-schema.ts'
import type { Method } from './operation.ts'
import { operations } from './operations/all.ts'

export type DescribedOperation = {
  readonly id: string
  readonly method: Method
  readonly path: string
  readonly scope: string
  readonly summary: string
  /** of the path and the query */
  readonly parameters: readonly string[]
  /** JSON Schema; null where there is none */
  readonly body: string | null
  readonly answer: string | null
}

export function describeOperations(language: 'ja' | 'en'): DescribedOperation[] {
  return operations.map(({ id, method, path, scope, summary, params, query, body, answer }) => ({
    id,
    method,
    path: `${basePath}${path}`,
    scope,
    summary: summary[language],
    parameters: [...Object.keys(params?.shape ?? {}), ...Object.keys(query?.shape ?? {})],
    body: printed(body, 'input'),
    answer: printed(answer, 'output'),
  }))
}

function printed(schema: z.ZodType | undefined, io: 'input' | 'output'): string | null {
  return schema === undefined ? null : JSON.stringify(schemaOf(schema, io), null, 2)
}

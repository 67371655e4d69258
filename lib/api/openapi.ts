/** The description of the API (OpenAPI 3.1), made from the table of operations and their schemas. */
import type { z } from 'zod'
import { apiScopes } from '#lib/accounts/api-scopes.ts'
import { basePath } from './answer-request.ts'
import { type Json, schemaOf } from './json-schema.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations/all.ts'
import { problemSchema } from './problem.ts'

export function openApiDocument(portalUrl: string): Json {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Mail portal API',
      version: '1',
      summary: 'For programs of the operator: see docs/operations/api.md',
    },
    servers: [{ url: `${portalUrl}${basePath}` }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths: pathsOf(),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `Made on /operator/api. Scopes: ${apiScopes.join(', ')}`,
        },
      },
      schemas: { Problem: schemaOf(problemSchema, 'output') },
    },
  }
}

function pathsOf(): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return paths
}

const tagOf = ({ scope }: Operation) => scope.split(':')[0]

function describe(operation: Operation): Json {
  const { id, summary, scope, body, method } = operation
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 100 } }
  const parameters = [
    ...parametersOf(operation.params, 'path'),
    ...parametersOf(operation.query, 'query'),
    ...(method === 'POST' ? [key] : []),
  ]
  return {
    operationId: id,
    summary: summary.en,
    description: `${summary.ja}\n\nScope: \`${scope}\``,
    tags: [tagOf(operation)],
    parameters,
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: responsesOf(operation),
  }
}

function responsesOf({ answer, creates }: Operation): Json {
  const good =
    answer === undefined
      ? { 204: { description: 'Done' } }
      : { [creates === true ? 201 : 200]: { description: 'Done', content: json(schemaOf(answer, 'output')) } }
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return { ...good, default: { description: 'Refused; RFC 9457', content: problem } }
}

function parametersOf(shape: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (shape === undefined) return []
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }))
}

const json = (schema: Json) => ({ 'application/json': { schema } })

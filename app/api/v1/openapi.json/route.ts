import { openApiDocument } from '#lib/api/openapi.ts'
import { webEnv } from '#lib/env/web.ts'

export const dynamic = 'force-dynamic'

export function GET(): Response {
  return Response.json(openApiDocument(webEnv().portalUrl))
}

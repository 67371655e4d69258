import { currentStatus } from '#lib/maintenance/read-status.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  return Response.json(await currentStatus())
}

import { prisma } from '#lib/db/prisma.ts'

export const dynamic = 'force-dynamic'

/** For load balancers and monitors: can this process serve a page? Says nothing about why not. */
export async function GET(): Promise<Response> {
  try {
    await prisma().$queryRaw`SELECT 1`
    return Response.json({ status: 'ok' })
  } catch {
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}

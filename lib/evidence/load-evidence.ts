/** What others have found to work: people whom the engine saw, in steps from five up, and reports that an agent confirmed. */
import { prisma } from '#lib/db/prisma.ts'

/** Fewer could be guessed at. The steps tell how many there are at least. */
const STEPS = [5, 10, 50, 100, 500, 1_000] as const

export type ClientEvidence = {
  /** that so many different people use it here, at least; null for fewer than five */
  readonly people: number | null
  readonly worksFor: number
  readonly failsFor: number
}

export async function loadEvidence(): Promise<(clientId: string) => ClientEvidence> {
  const [sightings, reports] = await Promise.all([
    prisma().clientSighting.groupBy({ by: ['clientId'], _count: true }),
    prisma().clientReport.groupBy({ by: ['clientId', 'works'], where: { verdict: 'confirmed' }, _count: true }),
  ])
  const people = new Map(sightings.map(({ clientId, _count }) => [clientId, atLeast(_count)]))
  const told = (clientId: string, works: boolean) =>
    reports.find((report) => report.clientId === clientId && report.works === works)?._count ?? 0
  return (clientId) => ({
    people: people.get(clientId) ?? null,
    worksFor: told(clientId, true),
    failsFor: told(clientId, false),
  })
}

function atLeast(count: number): number | null {
  return STEPS.findLast((step) => count >= step) ?? null
}

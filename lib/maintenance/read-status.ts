/** What anybody may know of the services: whether they work now, how they did, and what maintenance is planned. */
import { prisma } from '#lib/db/prisma.ts'
import { listMaintenance } from './list-maintenance.ts'
import type { MaintenanceState, MaintenanceWindowView } from './maintenance-window.ts'
import { type ServiceName, services } from './services.ts'

export type ServiceState = 'working' | 'failing' | 'maintenance' | 'unstable' | 'unknown'
/** `share`: of the probes that went well; null where there were none */
export type HistoryBar = { readonly from: string; readonly share: number | null }
export type ServiceStatus = {
  readonly service: ServiceName
  readonly state: ServiceState
  readonly history: readonly HistoryBar[]
}
export type SiteStatus = {
  /** by the server's clock, for countdowns */
  readonly at: string
  readonly services: readonly ServiceStatus[]
  readonly maintenance: readonly (Omit<MaintenanceWindowView, 'startsAt' | 'endsAt' | 'unstableUntil'> & {
    readonly startsAt: string
    readonly endsAt: string
    readonly unstableUntil: string | null
  })[]
}

const DAYS = 90
const DAY_MS = 86_400_000
/** Four rounds of probes: older than this a result says nothing about now. */
const FRESH_MS = 120_000

type DayRow = { service: string; day: Date; good: number; failed: number }

const KEPT_MS = 5_000
let kept: { readonly until: number; readonly status: Promise<SiteStatus> } | null = null

/** What was read a moment ago will do: anybody may ask, as often as they like. */
export function currentStatus(): Promise<SiteStatus> {
  const now = Date.now()
  if (kept === null || kept.until < now) kept = { until: now + KEPT_MS, status: readStatus() }
  kept.status.catch(() => {
    kept = null
  })
  return kept.status
}

export async function readStatus(now = new Date()): Promise<SiteStatus> {
  const [windows, days, latest] = await Promise.all([
    listMaintenance(now),
    prisma().$queryRaw<DayRow[]>`
      SELECT service, date_trunc('day', bucket, 'Asia/Tokyo') AS day, sum(good)::int AS good, sum(failed)::int AS failed
      FROM service_probes WHERE bucket > now() - interval '90 days' GROUP BY 1, 2`,
    prisma().serviceProbe.findMany({ distinct: ['service'], orderBy: [{ service: 'asc' }, { bucket: 'desc' }] }),
  ])
  const inState = (wanted: MaintenanceState) =>
    windows.filter(({ state }) => state === wanted).flatMap((window) => window.services)
  const running = inState('running')
  const settling = inState('settling')
  const stateOf = (service: ServiceName): ServiceState => {
    if (running.includes(service)) return 'maintenance'
    const last = latest.find((probe) => probe.service === service)
    if (last === undefined || now.getTime() - last.lastAt.getTime() > FRESH_MS)
      return settling.includes(service) ? 'unstable' : 'unknown'
    if (!last.lastGood) return 'failing'
    return settling.includes(service) ? 'unstable' : 'working'
  }
  return {
    at: now.toISOString(),
    services: services.map((service) => ({
      service,
      state: stateOf(service),
      history: historyOf(
        days.filter((row) => row.service === service),
        now,
      ),
    })),
    maintenance: windows.map((window) => ({
      ...window,
      startsAt: window.startsAt.toISOString(),
      endsAt: window.endsAt.toISOString(),
      unstableUntil: window.unstableUntil?.toISOString() ?? null,
    })),
  }
}

/** One bar a day in Japan, oldest first. */
function historyOf(rows: readonly DayRow[], now: Date): HistoryBar[] {
  const shareOf = new Map(rows.map(({ day, good, failed }) => [day.getTime(), good / (good + failed)]))
  const japan = 32_400_000
  const today = Math.floor((now.getTime() + japan) / DAY_MS) * DAY_MS - japan
  return Array.from({ length: DAYS }, (_, index) => {
    const from = today - (DAYS - 1 - index) * DAY_MS
    return { from: new Date(from).toISOString(), share: shareOf.get(from) ?? null }
  })
}

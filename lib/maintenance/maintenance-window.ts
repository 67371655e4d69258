/** Maintenance windows as people see them. */
import { z } from 'zod'
import type { MaintenanceWindowModel } from '#lib/db/prisma.ts'
import { type ServiceName, services } from './services.ts'

export const maintenanceReason = z.strictObject({ ja: reasonLine(), en: reasonLine() })
export const closedServices = z.array(z.enum(services)).min(1)

/** `settling`: everything is open again, and may not always answer yet */
export type MaintenanceState = 'planned' | 'running' | 'settling' | 'over'

export type MaintenanceWindowView = {
  readonly id: string
  readonly state: MaintenanceState
  readonly services: readonly ServiceName[]
  readonly reason: z.infer<typeof maintenanceReason>
  readonly startsAt: Date
  readonly endsAt: Date
  readonly unstableUntil: Date | null
}

function reasonLine() {
  return z.string().trim().min(1).max(200)
}

type Moments = Pick<MaintenanceWindowView, 'startsAt' | 'endsAt' | 'unstableUntil'>

export function maintenanceState({ startsAt, endsAt, unstableUntil }: Moments, now: Date): MaintenanceState {
  // One that never began has nothing to settle.
  if (now >= endsAt) return unstableUntil !== null && now < unstableUntil && startsAt < endsAt ? 'settling' : 'over'
  return now >= startsAt ? 'running' : 'planned'
}

export function maintenanceView(row: MaintenanceWindowModel, now = new Date()): MaintenanceWindowView {
  const { id, startsAt, endsAt, unstableUntil } = row
  return {
    id,
    state: maintenanceState(row, now),
    services: closedServices.parse(row.services),
    reason: maintenanceReason.parse(row.reason),
    startsAt,
    endsAt,
    unstableUntil,
  }
}

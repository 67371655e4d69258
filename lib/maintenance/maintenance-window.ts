/** Maintenance windows as people see them. */
import { z } from 'zod'
import type { MaintenanceWindowModel } from '#lib/db/prisma.ts'
import { type ServiceName, services } from './services.ts'

export const maintenanceReason = z.strictObject({ ja: reasonLine(), en: reasonLine() })
export const closedServices = z.array(z.enum(services)).min(1)

export type MaintenanceState = 'planned' | 'running' | 'over'

export type MaintenanceWindowView = {
  readonly id: string
  readonly state: MaintenanceState
  readonly services: readonly ServiceName[]
  readonly reason: z.infer<typeof maintenanceReason>
  readonly startsAt: Date
  readonly endsAt: Date
}

function reasonLine() {
  return z.string().trim().min(1).max(200)
}

export function maintenanceState({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, now: Date): MaintenanceState {
  if (now >= endsAt) return 'over'
  return now >= startsAt ? 'running' : 'planned'
}

export function maintenanceView(row: MaintenanceWindowModel, now = new Date()): MaintenanceWindowView {
  const { id, startsAt, endsAt } = row
  return {
    id,
    state: maintenanceState(row, now),
    services: closedServices.parse(row.services),
    reason: maintenanceReason.parse(row.reason),
    startsAt,
    endsAt,
  }
}

/**
 * Public: the windows that are planned or running, the earliest first; then the last ones that are over, the latest
 * first.
 */
import { prisma } from '#lib/db/prisma.ts'
import { type MaintenanceWindowView, maintenanceView } from './maintenance-window.ts'

const MAX_SHOWN = 50
const SHOWN_AFTERWARDS_MS = 604_800_000

export async function listMaintenance(now = new Date()): Promise<MaintenanceWindowView[]> {
  const rows = await prisma().maintenanceWindow.findMany({
    where: { endsAt: { gte: new Date(now.getTime() - SHOWN_AFTERWARDS_MS) } },
    orderBy: { startsAt: 'asc' },
    take: MAX_SHOWN,
  })
  const windows = rows.map((row) => maintenanceView(row, now))
  const isOver = ({ state }: MaintenanceWindowView) => state === 'over'
  return [...windows.filter((window) => !isOver(window)), ...windows.filter(isOver).toReversed()]
}

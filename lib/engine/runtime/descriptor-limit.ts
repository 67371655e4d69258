/**
 * How many connections this process may hold, so that descriptors are left for the database, DNS, the relay and files: a
 * crowd at the door must not keep the mail of those who are inside from being stored.
 */
const RESERVED = 160
const LEAST_SHARE = 1 / 4

export function mostConnections(limit = descriptorLimit()): number {
  return Math.floor(Math.max(limit - RESERVED, limit * LEAST_SHARE))
}

function descriptorLimit(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | 'unlimited' } } }
  const soft = report.userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : Number.MAX_SAFE_INTEGER
}

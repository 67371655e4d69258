/** What the page is asked about, from its address: moments are the clock of Japan. */
import { z } from 'zod'
import { japanTime, toJapanTime } from '#lib/clock/japan-time.ts'

const DAY_MS = 86_400_000

const schema = z.object({
  action: z.string().max(60).catch(''),
  by: z.string().max(320).catch(''),
  mailbox: z.string().max(320).catch(''),
  from: japanTime.catch(() => new Date(Date.now() - DAY_MS)),
  to: japanTime.catch(() => new Date(Date.now() + 60_000)),
})

export type AuditQuery = z.output<typeof schema>

export function auditQuery(given: unknown): AuditQuery {
  return schema.parse(given)
}

export function exportPath({ from, to }: AuditQuery): string {
  return `/api/audit?${new URLSearchParams({ from: toJapanTime(from), to: toJapanTime(to) })}`
}

export function affectedPath({ from, to, ...given }: AuditQuery): string {
  return `/api/audit/affected?${new URLSearchParams({ ...given, from: toJapanTime(from), to: toJapanTime(to) })}`
}

import { z } from 'zod'
import { exportAffected } from '#lib/audit/export-affected.ts'
import { japanTime } from '#lib/clock/japan-time.ts'
import { defineDownload } from '#lib/http/define-route.ts'

const asked = z.object({
  ...{ action: z.string().default(''), by: z.string().default(''), mailbox: z.string().default('') },
  ...{ from: japanTime, to: japanTime },
})

export const GET = defineDownload(asked, 'audit.read', async (actor, query) => ({
  fileName: 'affected.csv',
  type: 'text/csv; charset=utf-8',
  content: await exportAffected(actor, query),
}))

import { z } from 'zod'
import { exportTrail } from '#lib/audit/export-trail.ts'
import { japanTime } from '#lib/clock/japan-time.ts'
import { defineDownload } from '#lib/http/define-route.ts'

const stretch = z.object({ from: japanTime, to: japanTime })

export const GET = defineDownload(stretch, 'audit.read', async (actor, { from, to }) => ({
  fileName: 'audit.jsonl',
  type: 'application/x-ndjson',
  content: await exportTrail(actor, { from, to }),
}))

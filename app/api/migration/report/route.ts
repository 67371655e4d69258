import { defineDownload } from '#lib/http/define-route.ts'
import { readReport, reportQuery } from '#lib/migration/read-report.ts'

export const GET = defineDownload(reportQuery, 'migration.read', async (actor, query) => ({
  fileName: 'migration.csv',
  type: 'text/csv; charset=utf-8',
  content: await readReport(actor, query),
}))

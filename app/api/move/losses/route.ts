import { csv } from '#lib/csv/write-csv.ts'
import { defineDownload } from '#lib/http/define-route.ts'
import { dryRun } from '#lib/move/dry-run.ts'
import { dryRunQuery } from '../../../[locale]/(operator)/operator/move/dry-run-query.ts'

const head = ['address', 'device', 'client', 'program', 'loses', 'reason', 'last_use']

export const GET = defineDownload(dryRunQuery, 'move.plan', async (actor, input) => {
  const { losses } = await dryRun(actor, input)
  const rows = losses.map(({ address, label, clientId, clientName, direction, reason, lastAt }) => [
    ...[address, label ?? 'password of the old system', clientId ?? '', clientName ?? ''],
    ...[direction, reason, lastAt.toISOString()],
  ])
  return { fileName: 'losses.csv', type: 'text/csv; charset=utf-8', content: inOnePart(csv(head, rows)) }
})

async function* inOnePart(text: string): AsyncGenerator<string> {
  yield text
}

/** What was told to programs, and what their repeated requests are answered with, is kept for as long as it is of use. */
import type { Queryable } from '#lib/db/database.ts'
import { purging } from '#lib/retention/note-run.ts'
import { keepApiAnswersDays, keepWebhooksDays } from '#lib/retention/retention-kinds.ts'

const PURGE_WEBHOOKS = purging(
  'webhooks',
  'DELETE FROM webhook_deliveries WHERE created_at < now() - make_interval(days => $1)',
)
const PURGE_API_ANSWERS = purging(
  'apiAnswers',
  'DELETE FROM api_answers WHERE created_at < now() - make_interval(days => $1)',
)

export async function purgeProgramRecords(database: Queryable): Promise<void> {
  await database.query(PURGE_WEBHOOKS, [keepWebhooksDays])
  await database.query(PURGE_API_ANSWERS, [keepApiAnswersDays])
}

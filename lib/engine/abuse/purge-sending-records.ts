/** What the limits and the greylist remember of people's mail goes when it no longer counts. */
import type { Database } from '#lib/db/database.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'
import { purging } from '#lib/retention/note-run.ts'
import { keepSendingCountersDays } from '#lib/retention/retention-kinds.ts'

const PURGE_CORRESPONDENTS = purging(
  'correspondents',
  'DELETE FROM correspondents WHERE last_sent_at < now() - make_interval(days => $1)',
)
const PURGE_COUNTERS = purging(
  'sendingCounters',
  'DELETE FROM sending_counters WHERE hour < now() - make_interval(days => $1)',
)
const PURGE_TRIPS = purging('sendingTrips', 'DELETE FROM sending_trips WHERE hour < now() - make_interval(days => $1)')
const PURGE_ADDRESS_USES = purging('addressUses', `DELETE FROM address_uses WHERE at < now() - interval '24 hours'`)
const PURGE_TRIPLETS = purging(
  'greylist',
  'DELETE FROM greylist_triplets WHERE last_at < now() - make_interval(days => $1)',
)
const PURGE_UNKNOWN_RECIPIENTS = purging(
  'unknownRecipients',
  `DELETE FROM unknown_recipient_counts WHERE began_at < now() - interval '24 hours'`,
)
const PURGE_RECIPE_MARKS = purging('recipeMarks', 'DELETE FROM recipe_marks WHERE expires_at < now()')

export async function purgeSendingRecords(database: Database, { abuse, strangers }: PolicyDocument) {
  const { keepCorrespondentsDays, tripDays } = abuse
  await database.query(PURGE_CORRESPONDENTS, [keepCorrespondentsDays])
  await database.query(PURGE_COUNTERS, [keepSendingCountersDays])
  await database.query(PURGE_TRIPS, [tripDays])
  await database.query(PURGE_ADDRESS_USES, [])
  await database.query(PURGE_RECIPE_MARKS, [])
  await database.query(PURGE_UNKNOWN_RECIPIENTS, [])
  await database.query(PURGE_TRIPLETS, [strangers.greylistDays])
}

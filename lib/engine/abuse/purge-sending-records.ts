/** What the limits and the greylist remember of people's mail goes when it no longer counts. */
import type { Database } from '#lib/db/database.ts'
import type { PolicyDocument } from '#lib/policy/schema.ts'

const PURGE_CORRESPONDENTS = {
  name: 'abuse-purge-correspondents',
  text: 'DELETE FROM correspondents WHERE last_sent_at < now() - make_interval(days => $1)',
}
const PURGE_COUNTERS = {
  name: 'abuse-purge-counters',
  text: `DELETE FROM sending_counters WHERE hour < now() - interval '2 days'`,
}
const PURGE_TRIPS = {
  name: 'abuse-purge-trips',
  text: `DELETE FROM sending_trips WHERE hour < now() - make_interval(days => $1)`,
}
const PURGE_ADDRESS_USES = {
  name: 'abuse-purge-address-uses',
  text: `DELETE FROM address_uses WHERE at < now() - interval '24 hours'`,
}
const PURGE_TRIPLETS = {
  name: 'abuse-purge-triplets',
  text: 'DELETE FROM greylist_triplets WHERE last_at < now() - make_interval(days => $1)',
}
const PURGE_RECIPE_MARKS = {
  name: 'abuse-purge-recipe-marks',
  text: 'DELETE FROM recipe_marks WHERE expires_at < now()',
}

export async function purgeSendingRecords(database: Database, { abuse, strangers }: PolicyDocument) {
  const { keepCorrespondentsDays, tripDays } = abuse
  await database.query(PURGE_CORRESPONDENTS, [keepCorrespondentsDays])
  await database.query(PURGE_COUNTERS, [])
  await database.query(PURGE_TRIPS, [tripDays])
  await database.query(PURGE_ADDRESS_USES, [])
  await database.query(PURGE_RECIPE_MARKS, [])
  await database.query(PURGE_TRIPLETS, [strangers.greylistDays])
}

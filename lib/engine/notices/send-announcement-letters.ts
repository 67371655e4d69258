/**
 * Writes the letters of announcements into mailboxes, wave by wave.
 *
 * Guarantees: one letter for each mailbox and version, however many processes look and whenever one of them dies: the
 * letter is stored and marked as sent in one commit. A wave keeps to its rate, and after a pause or a stop it goes on from
 * where it was without making up for lost time. Nothing is sent of a version that was amended, or of what was withdrawn.
 */
import { type AnnouncementDocument, announcementDocumentSchema } from '#lib/announcements/document.ts'
import type { Database, Queryable } from '#lib/db/database.ts'
import type { SiteEnv } from '#lib/env/site.ts'
import type { PutNotice } from '../delivery/put-notice.ts'
import { composeAnnouncementLetter } from './announcement-letter.ts'

export type AnnouncementLettersParts = {
  readonly database: Database
  readonly putNotice: PutNotice
  readonly site: Pick<SiteEnv, 'domain' | 'name' | 'company' | 'supportContact'>
  readonly portalUrl: string
}

const SECONDS_AT_ONCE = 5
const SECONDS_PER_MINUTE = 60

const CLAIM_WAVE = {
  name: 'announcement-wave-claim',
  text: `
SELECT w.id AS "waveId", w.announcement_id AS "announcementId", w.per_minute AS "perMinute", v.document
FROM announcement_waves w
  JOIN announcements a ON a.id = w.announcement_id AND a.withdrawn_at IS NULL
  JOIN announcement_versions v ON v.announcement_id = w.announcement_id AND v.number = w.version
WHERE w.paused_at IS NULL AND w.next_at <= now()
  AND NOT EXISTS (SELECT FROM announcement_versions n WHERE n.announcement_id = w.announcement_id AND n.number > w.version)
  AND EXISTS (SELECT FROM announcement_letters l WHERE l.wave_id = w.id AND l.sent_at IS NULL)
ORDER BY w.next_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED`,
}

const TAKE_LETTERS = {
  name: 'announcement-letters-take',
  text: `
WITH taken AS (
  UPDATE announcement_letters l SET sent_at = now()
  WHERE l.wave_id = $1 AND l.sent_at IS NULL AND l.mailbox_id IN (
    SELECT mailbox_id FROM announcement_letters WHERE wave_id = $1 AND sent_at IS NULL ORDER BY mailbox_id LIMIT $2
  ) RETURNING l.mailbox_id
), paced AS (
  UPDATE announcement_waves SET next_at = now() + make_interval(secs => $3) WHERE id = $1
)
SELECT m.id AS "mailboxId", m.address, (
  SELECT a.locale FROM portal_accounts a WHERE a.customer_id = m.customer_id ORDER BY a.created_at LIMIT 1
) AS locale
FROM taken t JOIN mailboxes m ON m.id = t.mailbox_id ORDER BY m.id`,
}

type Claimed = { waveId: string; announcementId: string; perMinute: number; document: AnnouncementDocument }
type Recipient = { mailboxId: number; address: string; locale: string | null }

export async function sendAnnouncementLetters(parts: AnnouncementLettersParts): Promise<void> {
  for (;;) {
    const sent = await parts.database.transaction((transaction) => sendPart(transaction, parts))
    if (sent === null) return
    for (const afterCommit of sent) afterCommit()
  }
}

/** @returns null when no wave is due */
async function sendPart(transaction: Queryable, parts: AnnouncementLettersParts): Promise<(() => void)[] | null> {
  const [wave] = await transaction.query<Claimed>(CLAIM_WAVE, [])
  if (wave === undefined) return null
  const { waveId, announcementId: id, perMinute } = wave
  const count = Math.ceil((perMinute * SECONDS_AT_ONCE) / SECONDS_PER_MINUTE)
  const pauseSeconds = (count * SECONDS_PER_MINUTE) / perMinute
  const document = announcementDocumentSchema.parse(wave.document)
  const { putNotice, site, portalUrl } = parts
  const letters: (() => void)[] = []
  for (const recipient of await transaction.query<Recipient>(TAKE_LETTERS, [waveId, count, pauseSeconds])) {
    const { mailboxId, address } = recipient
    const language = recipient.locale === 'en' ? 'en' : 'ja'
    const now = new Date()
    const content = await composeAnnouncementLetter({ id, document, address, language, site, portalUrl, now })
    letters.push(await putNotice(transaction, { mailboxId, address, content }))
  }
  return letters
}

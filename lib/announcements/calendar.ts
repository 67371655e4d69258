/**
 * Announced periods as an iCalendar (RFC 5545): one event each, in UTC. Lines end in CR LF and are folded at 75 octets
 * (§3.1), texts are escaped (§3.3.11); an amendment raises SEQUENCE, so that calendars take it over.
 */
import type { Language } from '#lib/guides/bilingual.ts'
import { announcementUrl } from './announcement-links.ts'
import type { PublicAnnouncement } from './public-announcements.ts'

type Calendar = { readonly language: Language; readonly name: string; readonly portalUrl: string }

const MAX_LINE_OCTETS = 75

export function calendar(
  announcements: readonly PublicAnnouncement[],
  { language, name, portalUrl }: Calendar,
): string {
  const events = announcements.flatMap(({ id, version, changedAt, document }) => {
    const { startsAt, endsAt } = document
    if (startsAt === null || endsAt === null) return []
    const { title, affected } = document[language]
    return [
      'BEGIN:VEVENT',
      `UID:${id}`,
      `SEQUENCE:${version - 1}`,
      `DTSTAMP:${utc(changedAt)}`,
      `DTSTART:${utc(new Date(startsAt))}`,
      `DTEND:${utc(new Date(endsAt))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(affected)}`,
      `URL:${announcementUrl(portalUrl, language, id)}`,
      'END:VEVENT',
    ]
  })
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//infonia-mail//announcements//EN', `NAME:${escaped(name)}`]
  return [...head, ...events, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('')
}

function utc(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:]|\.\d+/g, '')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r?\n/g, '\\n')
}

/** Between characters, never within one. */
function folded(line: string): string {
  let octets = 0
  let result = ''
  for (const character of line) {
    const length = Buffer.byteLength(character)
    if (octets + length > MAX_LINE_OCTETS) {
      result += '\r\n '
      octets = 1
    }
    result += character
    octets += length
  }
  return result
}

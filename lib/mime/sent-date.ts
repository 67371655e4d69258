/** The Date field (RFC 5322 §3.3), read generously: two-digit years, dashes, names of zones, comments behind it. */

export type SentDate = {
  /** as the sender wrote it */
  readonly year: number
  readonly month: number
  readonly day: number
  readonly at: Date
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DATE =
  /(\d{1,2})[ -]+([A-Za-z]{3})[a-z]*[ -]+(\d{4}|\d{2})\b(?: +(\d{1,2}):(\d{2})(?::(\d{2}))?)?(?: *([+-]\d{4}|[A-Za-z]{1,5}))?/
/** Hours of RFC 5322 §4.3, and Japan's. Other names are taken for UTC, as it says. */
const zones: Readonly<Record<string, number>> = {
  JST: 9,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
}

function offsetMinutes(zone: string): number {
  const match = /^([+-])(\d\d)(\d\d)$/.exec(zone)
  if (!match) return (zones[zone.toUpperCase()] ?? 0) * 60
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/** @returns null when no day can be made out */
export function parseSentDate(text: string): SentDate | null {
  const [, day = '', name = '', digits = '', hour = '0', minute = '0', second = '0', zone = ''] = DATE.exec(text) ?? []
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  if (month === 0) return null
  const year = digits.length === 4 ? Number(digits) : Number(digits) + (Number(digits) < 50 ? 2_000 : 1_900)
  const moment = Date.UTC(year, month - 1, Number(day), Number(hour), Number(minute), Number(second))
  return { year, month, day: Number(day), at: new Date(moment - offsetMinutes(zone) * 60_000) }
}

/** Dates of IMAP (RFC 9051 §9: date, date-time). Stored moments are shown in the site's zone. */
import type { SiteZone } from '../../store/search.ts'
import type { Day } from '../../store/search-key.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function monthNumber(name: string): number {
  return MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase()) + 1
}

function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** "1-Feb-1994" @returns null when it is no date */
export function parseDay(text: string): Day | null {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text) ?? []
  const number = monthNumber(month)
  if (!isRealDay(Number(year), number, Number(day))) return null
  return Number(year) * 10_000 + number * 100 + Number(day)
}

export function nextDay(day: Day): Day {
  const date = new Date(Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, (day % 100) + 1))
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

const DATE_TIME = /^([ \d]\d)-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/

/** "17-Jul-1996 02:44:25 -0700" @returns null when it is no moment */
export function parseDateTime(text: string): Date | null {
  const match = DATE_TIME.exec(text)
  if (!match) return null
  const [day, year, hour, minute, second] = [1, 3, 4, 5, 6].map((group) => Number(match[group])) as number[]
  const month = monthNumber(match[2] ?? '')
  const offsetMinutes = (match[7] === '-' ? -1 : 1) * (Number(match[8]) * 60 + Number(match[9]))
  if (day === undefined || year === undefined || !isRealDay(year, month, day)) return null
  if ((hour ?? 24) > 23 || (minute ?? 60) > 59 || (second ?? 61) > 60) return null
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000)
}

const DAY_MS = 86_400_000
const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

function dateText(date: Date): string {
  return `${String(date.getUTCDate()).padStart(2, ' ')}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()}`
}

/** With its quotes, as INTERNALDATE wants it. The messages of a folder come day by day: each day is written out once. */
export function dateTimeFormat({ offsetMinutes }: SiteZone): (date: Date) => string {
  const offset = Math.abs(offsetMinutes)
  const zone = `${offsetMinutes < 0 ? '-' : '+'}${two[Math.floor(offset / 60)]}${two[offset % 60]}`
  let last = { day: Number.NaN, text: '' }
  return (date) => {
    const localMs = date.getTime() + offsetMinutes * 60_000
    const day = Math.floor(localMs / DAY_MS)
    if (day !== last.day) last = { day, text: dateText(new Date(localMs)) }
    const seconds = Math.floor((localMs - day * DAY_MS) / 1_000)
    const time = `${two[Math.floor(seconds / 3_600)]}:${two[Math.floor(seconds / 60) % 60]}:${two[seconds % 60]}`
    return `"${last.text} ${time} ${zone}"`
  }
}

/** Dates of header fields (RFC 5322 §3.3, §4.3) and their parts as RFC 5260 §4 names them. */

export type ZonedDate = { readonly at: number; readonly zoneMinutes: number }

const DATE =
  /(?:^|[\s;,])(\d{1,2})[ \t]+([A-Za-z]{3})[A-Za-z]*[ \t]+(\d{2,4})[ \t]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[ \t]+([+-]\d{4}|[A-Za-z]{1,5}))?/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const namedZones: Readonly<Record<string, number>> = {
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
}
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Of 1 January 1970; the modified Julian day counts from midnight. */
const UNIX_EPOCH_MJD = 40_587

/** RFC 5322 §4.3: two digits below 50 are of this century, three count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 3) return year
  return digits.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

/** @returns null for what is no zone */
export function parseZone(text: string): number | null {
  const match = /^([+-])(\d{2})([0-5]\d)$/.exec(text)
  if (match === null) return null
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

export function formatZone(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}${pad(size % 60)}`
}

/** @returns null when the value holds no date; of Received it is what stands after the last semicolon */
export function parseDate(value: string): ZonedDate | null {
  const text = value.slice(value.lastIndexOf(';') + 1)
  const match = DATE.exec(text)
  if (match === null) return null
  const [, day = '', monthName = '', year = '', hour = '', minute = '', second = '0', zone = ''] = match
  const month = months.indexOf(monthName.toLowerCase())
  const isReal = month >= 0 && Number(day) >= 1 && Number(day) <= 31 && Number(hour) < 24 && Number(minute) < 60
  if (!isReal || Number(second) > 60) return null
  const zoneMinutes = parseZone(zone) ?? namedZones[zone.toLowerCase()] ?? 0
  const local = Date.UTC(fullYear(year), month, Number(day), Number(hour), Number(minute), Number(second))
  return { at: local - zoneMinutes * MINUTE_MS, zoneMinutes }
}

const pad = (value: number, length = 2) => String(value).padStart(length, '0')

export const dateParts = [
  'year',
  'month',
  'day',
  'date',
  'julian',
  'hour',
  'minute',
  'second',
  'time',
  'iso8601',
  'std11',
  'zone',
  'weekday',
] as const
export type DatePart = (typeof dateParts)[number]

export function isDatePart(name: string): name is DatePart {
  return (dateParts as readonly string[]).includes(name)
}

export function datePart({ at, zoneMinutes }: ZonedDate, part: DatePart): string {
  const local = new Date(at + zoneMinutes * MINUTE_MS)
  const [year, month, day] = [pad(local.getUTCFullYear(), 4), pad(local.getUTCMonth() + 1), pad(local.getUTCDate())]
  const [hour, minute, second] = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map((each) =>
    pad(each),
  )
  const time = `${hour}:${minute}:${second}`
  const zone = formatZone(zoneMinutes)
  const texts: Readonly<Record<DatePart, string | undefined>> = {
    year,
    month,
    day,
    date: `${year}-${month}-${day}`,
    julian: String(Math.floor(local.getTime() / DAY_MS) + UNIX_EPOCH_MJD),
    hour,
    minute,
    second,
    time,
    iso8601: `${year}-${month}-${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`,
    std11: local.toUTCString().replace('GMT', zone),
    zone,
    weekday: String(local.getUTCDay()),
  }
  return texts[part] ?? ''
}

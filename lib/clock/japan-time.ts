/** The clock of Japan, which has one time and no summer time: how operators enter moments, and how letters name them. */
import { z } from 'zod'

/** East of Greenwich. */
export const japanMinutes = 540
const OFFSET_MS = japanMinutes * 60_000

/** What an input of type datetime-local sends. */
export const japanTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .transform((text) => new Date(`${text}:00+09:00`))
  .refine((moment) => !Number.isNaN(moment.getTime()))

/** "2002-10-23T03:00", for such an input. */
export function toJapanTime(moment: Date): string {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 16)
}

/** "2002-10-23": the day that a calendar in Japan shows. */
export function japanDay(moment: Date): string {
  return toJapanTime(moment).slice(0, 10)
}

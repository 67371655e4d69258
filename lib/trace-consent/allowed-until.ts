/** For how long an agent may look, whichever way the owner allowed it. */
const ALLOWED_FOR_MS = 60 * 60_000

export function allowedUntil(now = new Date()): Date {
  return new Date(now.getTime() + ALLOWED_FOR_MS)
}

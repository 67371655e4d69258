import type { Receiving } from '#lib/guides/connection-settings.ts'

/** What the address asks for; anything odd asks for nothing. */
export function receivingFrom(value: unknown): Receiving | undefined {
  return value === 'pop' || value === 'imap' ? value : undefined
}

/** For whom, and from when, the single host of earlier days still does what. Waves follow one another until nobody uses it. */
import { z } from 'zod'
import { domainOf } from '#lib/mail/domain-of.ts'

export const oldHostServices = ['all', 'receiveOnly', 'refused'] as const
export type OldHostService = (typeof oldHostServices)[number]

const domain = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/)

export const oldHostWaveSchema = z.strictObject({
  from: z.iso.datetime(),
  /** none named: all */
  domains: z.array(domain).max(200),
  /** the first so many of a hundred mailboxes, always the same ones */
  percent: z.int().min(1).max(100),
  service: z.enum(oldHostServices),
})
export type OldHostWave = z.infer<typeof oldHostWaveSchema>

export const oldHostRulesSchema = z.strictObject({
  /** whether a RelayWindow counts at the port where strangers bring mail, as it did when one host did everything */
  sendsByMxPort: z.boolean().default(false),
  waves: z.array(oldHostWaveSchema).max(50),
})
export type OldHostRules = z.infer<typeof oldHostRulesSchema>

/** Both hosts serve everybody until an operator begins the first wave; mail is sent by the ports for it alone. */
export const defaultOldHostRules: OldHostRules = { sendsByMxPort: false, waves: [] }

/** Who comes by the old host, and when. `domain` is the mailbox's own, however its name was typed; `position` is where among a hundred the mailbox stands, see oldHostPosition. */
export type OldHostUse = { readonly domain: string; readonly position: number; readonly at: Date }

export function oldHostUseOf(address: string, at: Date): OldHostUse {
  return { domain: domainOf(address), position: oldHostPosition(address), at }
}

/** Of the waves that have begun for this mailbox the last one counts. */
export function oldHostServiceOf(
  { domain, position, at }: OldHostUse,
  { waves }: Pick<OldHostRules, 'waves'>,
): OldHostService {
  const begun = waves.filter(
    (wave) =>
      Date.parse(wave.from) <= at.getTime() &&
      position < wave.percent &&
      (wave.domains.length === 0 || wave.domains.includes(domain)),
  )
  return begun.toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from)).at(-1)?.service ?? 'all'
}

/** The same for an address that no mailbox has: a refusal says nothing about who is here. FNV-1a, as good as any. */
export function oldHostPosition(address: string): number {
  let hash = 0x811c9dc5
  for (const octet of new TextEncoder().encode(address.toLowerCase())) {
    hash = Math.imul(hash ^ octet, 0x01000193) >>> 0
  }
  return hash % 100
}

/** Private DKIM keys lie in the database sealed, each for its own row: the portal closes, the engine opens. */
import { createSeal, type Seal } from '#lib/seal/seal.ts'

export const dkimKeySeal = (masterKey: Buffer): Seal => createSeal(masterKey, 'dkim-private-key')

export function sealContext({ domain, selector }: { domain: string; selector: string }): string {
  return `${selector}._domainkey.${domain}`
}

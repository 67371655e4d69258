/** The secret of an endpoint, sealed for its own row: the portal closes, the engine opens. */
import { createSeal, type Seal } from '#lib/seal/seal.ts'

export const webhookSeal = (masterKey: Buffer): Seal => createSeal(masterKey, 'webhook-secret')

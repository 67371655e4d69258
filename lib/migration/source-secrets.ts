/** Passwords of the old system: the portal seals them, the engine opens them, and they go when the job is done. */
import { createSeal, type Seal } from '#lib/seal/seal.ts'

export const jobPasswords = (masterKey: Buffer): Seal => createSeal(masterKey, 'migration-job-password')
export const masterPasswords = (masterKey: Buffer): Seal => createSeal(masterKey, 'migration-source-password')

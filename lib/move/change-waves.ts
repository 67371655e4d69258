/** The waves of the old host are part of the policy: a change is a new version of it. */
import { z } from 'zod'
import { type Actor, notFound } from '#lib/accounts/index.ts'
import { auditReason } from '#lib/audit/reason.ts'
import { currentPolicy, savePolicy } from '#lib/policy/index.ts'
import { type OldHostWave, oldHostWaveSchema } from '#lib/policy/old-host-rules.ts'

const because = { note: auditReason, basedOn: z.number().int().nonnegative() }

export const addWaveInput = z.object({ wave: oldHostWaveSchema, ...because })
export const removeWaveInput = z.object({ index: z.number().int().nonnegative(), ...because })

/** @returns the new version, @throws AppError forbidden, conflict */
export async function addWave(actor: Actor, input: z.input<typeof addWaveInput>): Promise<number> {
  const { wave, ...saving } = addWaveInput.parse(input)
  return saveWaves(actor, saving, (waves) => [...waves, wave])
}

/** @throws AppError not_found, forbidden, conflict */
export async function removeWave(actor: Actor, input: z.input<typeof removeWaveInput>): Promise<number> {
  const { index, ...saving } = removeWaveInput.parse(input)
  return saveWaves(actor, saving, (waves) => {
    if (waves[index] === undefined) throw notFound(`wave ${index}`)
    return waves.toSpliced(index, 1)
  })
}

async function saveWaves(
  actor: Actor,
  { note, basedOn }: { readonly note: string; readonly basedOn: number },
  change: (waves: readonly OldHostWave[]) => readonly OldHostWave[],
): Promise<number> {
  const { document } = await currentPolicy()
  const waves = change(document.oldHost.waves).toSorted((one, other) => Date.parse(one.from) - Date.parse(other.from))
  return savePolicy(actor, { document: { ...document, oldHost: { ...document.oldHost, waves } }, note, basedOn })
}

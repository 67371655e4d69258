'use server'

import { refresh } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { defineAction } from '#lib/http/define-action.ts'
import { policyInForce, readPolicyVersion, savePolicy } from '#lib/policy/index.ts'
import { moveRollout, moveRolloutInput } from '#lib/policy/move-rollout.ts'
import { policyDiff } from '#lib/policy/policy-diff.ts'
import { rehearsePolicy } from '#lib/policy/rehearse-policy.ts'
import { extentFrom } from './extent-form.ts'
import { policyDraftForm, policyForm } from './policy-form.ts'

export const savePolicyAction = defineAction(policyForm, 'policy.save', async (actor, input): Promise<number> => {
  const version = await savePolicy(actor, input)
  refresh()
  return version
})

const returnInput = z.object({
  version: z.coerce.number().int().positive(),
  basedOn: z.coerce.number().int().nonnegative(),
})

/** An old document becomes a new version: history only grows. */
export const returnToPolicyAction = defineAction(
  returnInput,
  'policy.save',
  async (actor, { version, basedOn }): Promise<number> => {
    const former = await readPolicyVersion(actor, version)
    const t = await getTranslations('policy.history')
    const saved = await savePolicy(actor, { document: former.document, note: t('returnNote', { version }), basedOn })
    refresh()
    return saved
  },
)

/** Changes nothing. */
export const rehearsePolicyAction = defineAction(policyDraftForm, 'policy.read', async (actor, document) => {
  const [{ ruling }, rehearsal] = await Promise.all([policyInForce(), rehearsePolicy(actor, document)])
  return { differences: policyDiff(ruling.document, document), rehearsal }
})

const moveInput = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .transform((values): unknown =>
    values.to === 'extent' ? { version: values.version, to: { extent: extentFrom(values) } } : values,
  )
  .pipe(moveRolloutInput)

export const moveRolloutAction = defineAction(moveInput, 'policy.save', async (actor, input): Promise<void> => {
  await moveRollout(actor, input)
  refresh()
})

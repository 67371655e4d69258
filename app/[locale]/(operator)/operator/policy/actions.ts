'use server'

import { refresh } from 'next/cache'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { notFound } from '#lib/accounts/index.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { listPolicyVersions, savePolicy } from '#lib/policy/index.ts'
import { policyForm } from './policy-form.ts'

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
    const former = (await listPolicyVersions(actor)).find((known) => known.version === version)
    if (former === undefined) throw notFound(`policy version ${version}`)
    const t = await getTranslations('policy.history')
    const saved = await savePolicy(actor, { document: former.document, note: t('returnNote', { version }), basedOn })
    refresh()
    return saved
  },
)

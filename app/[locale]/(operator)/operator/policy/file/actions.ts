'use server'

import { z } from 'zod'
import { auditReason } from '#lib/audit/reason.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { extentSchema } from '#lib/policy/in-force.ts'
import { currentPolicy, type PolicyDocument, savePolicy } from '#lib/policy/index.ts'
import { type PolicyDifference, policyDiff } from '#lib/policy/policy-diff.ts'
import { type PolicyFileFault, readPolicyFile } from '#lib/policy/read-policy-file.ts'
import { type RehearsalView, rehearsePolicy } from '#lib/policy/rehearse-policy.ts'
import { extentFrom } from '../extent-form.ts'
import { maxFileBytes } from './max-file-bytes.ts'

export type CheckedFile = { readonly fileName: string } & (
  | { readonly outcome: 'faulty'; readonly faults: readonly PolicyFileFault[] }
  | {
      readonly outcome: 'readable'
      readonly basedOn: number
      readonly text: string
      readonly differences: readonly PolicyDifference[]
      readonly rehearsal: RehearsalView
    }
)

/** Changes nothing: what the file would change, and what would have happened yesterday. */
export const checkPolicyFileAction = defineAction(
  z.unknown(),
  'policy.save',
  async (actor, _input, form): Promise<CheckedFile> => {
    const file = form.get('file')
    const { name: fileName, size } = file instanceof File ? file : { name: '', size: 0 }
    if (size > maxFileBytes) return { fileName, outcome: 'faulty', faults: [{ path: '', fault: 'tooLarge' }] }
    const read = readPolicyFile(file instanceof File ? await file.text() : '')
    if ('faults' in read) return { fileName, outcome: 'faulty', faults: read.faults }
    const { version, document } = await currentPolicy()
    return {
      fileName,
      outcome: 'readable',
      basedOn: version,
      text: JSON.stringify(read.document),
      differences: policyDiff(document, read.document),
      rehearsal: await rehearsePolicy(actor, read.document),
    }
  },
)

const saveInput = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .transform((values): unknown => ({ ...values, extent: extentFrom(values) }))
  .pipe(
    z.object({
      document: z.string().transform((text): PolicyDocument | null => {
        const read = readPolicyFile(text)
        return 'document' in read ? read.document : null
      }),
      note: auditReason,
      basedOn: z.coerce.number().int().nonnegative(),
      extent: extentSchema.nullable(),
    }),
  )

export const savePolicyFileAction = defineAction(saveInput, 'policy.save', savePolicy)

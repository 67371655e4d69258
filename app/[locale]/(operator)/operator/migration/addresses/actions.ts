'use server'

import { z } from 'zod'
import { bringPastedMap, pastedMapInput } from '#lib/address-maps/bring-pasted-map.ts'
import { decodeText } from '#lib/csv/decode-text.ts'
import { defineAction } from '#lib/http/define-action.ts'

const { text, format, domain, reason } = pastedMapInput.shape
const table = z.object({ text })

const pasted = z.object({
  text: z.string(),
  format,
  domain,
  reason,
  agreed: z.array(z.enum(['yes'])).default([]),
  deed: z.enum(['judge', 'import']),
})

export const bringMapAction = defineAction(
  pasted,
  'accounts.change',
  async (actor, { agreed, deed, ...input }, form) => {
    const read = table.parse({ text: (await uploadedText(form)) ?? input.text })
    return bringPastedMap(actor, { ...input, ...read, isConfirmed: agreed.includes('yes'), isDryRun: deed === 'judge' })
  },
)

/** null: no file was chosen */
async function uploadedText(form: FormData): Promise<string | null> {
  const file = form.get('file')
  return file instanceof File && file.size > 0 ? decodeText(new Uint8Array(await file.arrayBuffer())) : null
}

import { z } from 'zod'
import { defineDownload } from '#lib/http/define-route.ts'
import { readPolicyVersion } from '#lib/policy/index.ts'

const wanted = z.object({ version: z.coerce.number().int().min(0) })

async function* inOnePart(text: string): AsyncIterable<string> {
  yield text
}

export const GET = defineDownload(wanted, 'policy.read', async (actor, { version }) => {
  const { document } = await readPolicyVersion(actor, version)
  return {
    fileName: `policy-${version}.json`,
    type: 'application/json',
    content: inOnePart(`${JSON.stringify(document, null, 2)}\n`),
  }
})

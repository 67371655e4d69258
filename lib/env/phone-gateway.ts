/** Who carries short messages to telephones: the operator's own gateway, or nobody. */
import { join } from 'node:path'
import { z } from 'zod'
import { readDataDirectoryEnv } from './data-directory.ts'
import { type Environment, oncePerProcess, readEnvironment } from './read-environment.ts'
import { readWebEnv } from './web.ts'

const problem = 'must be an http or https URL'

const schema = z.object({
  PHONE_GATEWAY_URL: z
    .string()
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), problem)
    .optional(),
  PHONE_GATEWAY_TOKEN: z.string().optional(),
})

export type PhoneGatewayEnv = {
  /** null: nothing is sent */
  readonly url: string | null
  readonly token: string | null
  /** on a trial machine: where messages are written down instead */
  readonly trialFile: string | null
}

export function readPhoneGatewayEnv(environment: Environment): PhoneGatewayEnv {
  const { PHONE_GATEWAY_URL: url = null, PHONE_GATEWAY_TOKEN: token = null } = readEnvironment(schema, environment)
  const isTrial = url === null && !readWebEnv(environment).isHttps
  const trialFile = isTrial ? join(readDataDirectoryEnv(environment).path, 'phone-messages.jsonl') : null
  return { url, token, trialFile }
}

export const phoneGatewayEnv = oncePerProcess(readPhoneGatewayEnv)

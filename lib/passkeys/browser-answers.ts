/** What a browser says of an authenticator, as JSON in a form (WebAuthn Level 3 §5.1.3). */
import { z } from 'zod'

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)
const credentialId = base64url.max(1_400)
const MAX_ANSWER_LENGTH = 20_000

function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .max(MAX_ANSWER_LENGTH)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
}

const credential = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  /** what extensions say is not looked at */
  clientExtensionResults: z.unknown().transform(() => ({})),
})

export const registrationAnswer = json(
  credential.extend({
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z.array(z.string().max(20)).max(10).optional(),
    }),
  }),
)

export const authenticationAnswer = json(
  credential.extend({
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish().transform((handle) => handle ?? undefined),
    }),
  }),
)

export type RegistrationAnswer = z.output<typeof registrationAnswer>
export type AuthenticationAnswer = z.output<typeof authenticationAnswer>

import { z } from 'zod'
import { notFound } from '#lib/accounts/actor.ts'
import { bearerTokenHash } from '#lib/bearer-tokens/bearer-token.ts'
import { prisma } from '#lib/db/prisma.ts'

export const confirmForwardInput = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{32}$/) })

/**
 * The reader of an address agrees that mail is forwarded there. Whoever has the letter's link is that reader.
 * @throws AppError not_found
 */
export async function confirmForward(
  input: z.input<typeof confirmForwardInput>,
): Promise<{ readonly address: string }> {
  const { token } = confirmForwardInput.parse(input)
  const tokenHash = bearerTokenHash(token)
  const request = await prisma().forwardAddress.findUnique({ where: { tokenHash } })
  if (request === null) throw notFound('a request to forward')
  if (request.verifiedAt === null) {
    await prisma().forwardAddress.update({ where: { tokenHash }, data: { verifiedAt: new Date() } })
  }
  return { address: request.address }
}

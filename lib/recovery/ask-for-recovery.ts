/**
 * Somebody says to have forgotten the password. Whether anybody has this login is not looked up here but later, by an
 * engine worker, so that neither the answer nor its time can tell. Each request counts with all other attempts.
 */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { admitSignIn, forgetful } from '#lib/auth/sign-in-protection.ts'
import { tooManyAttempts } from '#lib/auth/too-many-attempts.ts'
import type { Visitor } from '#lib/auth/web-sessions.ts'
import { prisma } from '#lib/db/prisma.ts'
import { recoveryChannels } from './recovery-channels.ts'

export const askForRecoveryInput = z.object({
  login: z.string().trim().min(3).max(320),
  channel: z.enum(recoveryChannels),
})

/** @throws AppError too_many_attempts */
export async function askForRecovery(
  { login, channel }: z.output<typeof askForRecoveryInput>,
  visitor: Visitor,
): Promise<void> {
  const admission = await admitSignIn(`recover ${login}`, randomUUID(), visitor.address, forgetful)
  const waitSeconds = admission.outcome === 'tooMany' ? admission.waitSeconds : admission.wasWrong()
  if (waitSeconds > 0) throw tooManyAttempts(waitSeconds)
  await prisma().recoveryRequest.create({ data: { login: login.toLowerCase(), channel } })
}

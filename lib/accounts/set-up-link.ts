/**
 * A link that brings the settings of one credential to another device, where its owner need not sign in. It shows address
 * and user name for a day and never a password; revoking the credential ends it too.
 */
import { z } from 'zod'
import { prisma } from '#lib/db/prisma.ts'
import { secretsEnv } from '#lib/env/secrets.ts'
import { createSeal } from '#lib/seal/seal.ts'
import { type Actor, notFound } from './actor.ts'
import { accessibleMailbox } from './mailbox-access.ts'
import { type CredentialView, credentialView } from './views.ts'

export type SetUpFacts = {
  readonly credential: CredentialView
  readonly address: string
  readonly displayName: string
}

export const setUpLinkInput = z.object({ credentialId: z.uuid() })

const LIFETIME_MS = 86_400_000
const CONTEXT = 'link'

const contents = z.object({ credentialId: z.uuid(), until: z.number() })
const linkText = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(400)

/** @throws AppError not_found, also for a credential that is over or somebody else's */
export async function makeSetUpLink(
  actor: Actor,
  input: z.infer<typeof setUpLinkInput>,
): Promise<SetUpFacts & { readonly token: string }> {
  const { credentialId } = setUpLinkInput.parse(input)
  const found = await usableCredential(credentialId)
  if (found === null) throw notFound(`usable credential ${credentialId}`)
  await accessibleMailbox(actor, found.credential.mailboxId, 'manage')
  const text = JSON.stringify({ credentialId, until: Date.now() + LIFETIME_MS })
  return { ...found, token: linkSeal().close(Buffer.from(text), CONTEXT).toString('base64url') }
}

/** @returns null when the link is over, was changed, or its credential is no longer good */
export async function openSetUpLink(token: string): Promise<SetUpFacts | null> {
  const sealed = linkText.safeParse(token)
  const opened = sealed.success ? readToken(sealed.data) : null
  return opened === null || opened.until < Date.now() ? null : usableCredential(opened.credentialId)
}

function linkSeal() {
  return createSeal(secretsEnv().masterKey, 'set-up-link')
}

function readToken(token: string): z.infer<typeof contents> | null {
  try {
    return contents.parse(JSON.parse(linkSeal().open(Buffer.from(token, 'base64url'), CONTEXT).toString()))
  } catch {
    return null
  }
}

async function usableCredential(id: string): Promise<SetUpFacts | null> {
  const row = await prisma().credential.findUnique({ where: { id }, include: { mailbox: true } })
  if (row === null || row.revokedAt !== null) return null
  if (row.expiresAt !== null && row.expiresAt.getTime() <= Date.now()) return null
  const { address, displayName } = row.mailbox
  return { credential: credentialView(row), address, displayName }
}

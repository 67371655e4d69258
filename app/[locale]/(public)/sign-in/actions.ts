'use server'

import { z } from 'zod'
import { nextPath } from '#lib/auth/next-path.ts'
import { endPendingSignIn } from '#lib/auth/pending-sign-in.ts'
import { passSecondStep, secondStepInput } from '#lib/auth/second-step.ts'
import { readSessionToken, writeSessionToken } from '#lib/auth/session-cookie.ts'
import { signIn, signInInput, signInWithPasskey } from '#lib/auth/sign-in.ts'
import { browserToken, signInCookie } from '#lib/auth/sign-in-cookie.ts'
import { findWebSession, revokeToken } from '#lib/auth/web-sessions.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { type AuthenticationOptions, beginPasskeyCheck, checkPasskeyInput } from '#lib/passkeys/check-passkey.ts'
import { homeOf } from '../../navigation.ts'

const next = z.string().optional()

/** Every sign-in has a new session; the one that this browser had before ends. */
async function enter(token: string, target: string | undefined): Promise<never> {
  const previous = await readSessionToken()
  if (previous !== null) await revokeToken(previous)
  await signInCookie().clear()
  await writeSessionToken(token)
  const session = await findWebSession(token)
  return goTo(nextPath(target) ?? (session ? homeOf(session.actor.role) : '/'))
}

export const signInAction = defineAction(signInInput.extend({ next }), 'anyone', async (_actor, input) => {
  const { login, password } = input
  const { step, token } = await signIn({ login, password }, await visitor())
  if (step === 'done') return enter(token, input.next)
  await signInCookie().write(token)
  const target = nextPath(input.next)
  return goTo(`/sign-in/second-step${target === null ? '' : `?next=${encodeURIComponent(target)}`}`)
})

export const passSecondStepAction = defineAction(
  z.object({ next }).and(secondStepInput),
  'anyone',
  async (_actor, input) => {
    const pending = (await signInCookie().read()) ?? ''
    return enter(await passSecondStep(pending, input, await visitor()), input.next)
  },
)

export const beginPasskeySignInAction = defineAction(
  z.object({}),
  'anyone',
  async (): Promise<AuthenticationOptions> => beginPasskeyCheck({ browserToken: await browserToken() }, 'signIn'),
)

export const signInWithPasskeyAction = defineAction(
  checkPasskeyInput.extend({ next }),
  'anyone',
  async (_actor, input) => {
    const holder = (await signInCookie().read()) ?? ''
    const token = await signInWithPasskey(holder, input.answer, await visitor())
    await endPendingSignIn(holder)
    return enter(token, input.next)
  },
)

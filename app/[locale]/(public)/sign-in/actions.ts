'use server'

import { z } from 'zod'
import { nextPath } from '#lib/auth/next-path.ts'
import { readSessionToken, writeSessionToken } from '#lib/auth/session-cookie.ts'
import { signIn, signInInput } from '#lib/auth/sign-in.ts'
import { findWebSession, revokeToken } from '#lib/auth/web-sessions.ts'
import { defineAction } from '#lib/http/define-action.ts'
import { visitor } from '#lib/http/visitor.ts'
import { goTo } from '#lib/i18n/go-to.ts'
import { homeOf } from '../../navigation.ts'

const input = signInInput.extend({ next: z.string().optional() })

/** Every sign-in has a new session; the one that this browser had before ends. */
export const signInAction = defineAction(input, 'anyone', async (_actor, { login, password, next }) => {
  const previous = await readSessionToken()
  const token = await signIn({ login, password }, await visitor())
  if (previous !== null) await revokeToken(previous)
  await writeSessionToken(token)
  const session = await findWebSession(token)
  return goTo(nextPath(next) ?? (session ? homeOf(session.actor.role) : '/'))
})

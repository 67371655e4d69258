/**
 * The only way to make a server action. Before the use-case runs: the Origin is ours, somebody is signed in, their role
 * is permitted, and the input is what the schema says. The use-case authorises again, by its actor.
 */
import { headers } from 'next/headers'
import { unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import { type Actor, forbidden } from '#lib/accounts/index.ts'
import { isPermitted, type Permission } from '#lib/accounts/permissions.ts'
import { currentSession } from '#lib/auth/current-session.ts'
import { AppError } from '#lib/errors/app-error.ts'
import type { ActionState } from './action-state.ts'
import { formValues, refillValues } from './form-values.ts'
import { isOwnOrigin } from './origin.ts'
import { refusalOf } from './refusals.ts'
import { refuseUnwritable } from './unwritable-text.ts'

/** `anyone` is for what needs no account: signing in, choosing a theme. */
export type Guard = 'anyone' | Permission
type ActorOf<G extends Guard> = G extends 'anyone' ? null : Actor
type Perform<S extends z.ZodType, G extends Guard, Result> = (
  actor: ActorOf<G>,
  input: z.output<S>,
  form: FormData,
) => Promise<Result>

/** For a form that shows what came out of it (useActionState). */
export function defineAction<S extends z.ZodType, G extends Guard, Result>(
  schema: S,
  guard: G,
  perform: Perform<S, G, Result>,
): (previous: ActionState<Result>, form: FormData) => Promise<ActionState<Result>> {
  return async (_previous, form) => {
    try {
      return { status: 'done', result: await run(schema, guard, perform, form) }
    } catch (error) {
      unstable_rethrow(error)
      const values = form instanceof FormData ? refillValues(formValues(form)) : {}
      return { status: 'refused', ...(await refusalOf(error)), values }
    }
  }
}

/** For a form that leads on to another page, or back to the same one; a refusal shows the error page. */
export function defineFormAction<S extends z.ZodType, G extends Guard>(
  schema: S,
  guard: G,
  perform: Perform<S, G, void>,
): (form: FormData) => Promise<void> {
  return async (form) => run(schema, guard, perform, form)
}

async function run<S extends z.ZodType, G extends Guard, Result>(
  schema: S,
  guard: G,
  perform: Perform<S, G, Result>,
  form: FormData,
): Promise<Result> {
  if (!isOwnOrigin((await headers()).get('origin'))) throw foreignOrigin()
  const actor = guard === 'anyone' ? null : await permittedActor(guard)
  if (!(form instanceof FormData)) throw new AppError('invalid_input', 'not a form', foreignOrigin().userMessage)
  const values = formValues(form)
  refuseUnwritable(values)
  return perform(actor as ActorOf<G>, schema.parse(values, { reportInput: true }), form)
}

async function permittedActor(permission: Permission): Promise<Actor> {
  const session = await currentSession()
  if (session === null) throw signedOut()
  if (!isPermitted(session.actor.role, permission)) throw forbidden(`${session.actor.role} for ${permission}`)
  return session.actor
}

export function signedOut(): AppError {
  return new AppError('not_signed_in', 'no session', {
    ja: 'ログインの有効時間が過ぎました。もう一度ログインしてから、やり直してください。まだ何も変更されていません。',
    en: 'Your sign-in has run out. Sign in again and repeat this. Nothing was changed.',
  })
}

function foreignOrigin(): AppError {
  return new AppError('forbidden', 'missing or foreign Origin', {
    ja: 'この画面以外から送られた操作のため、受け付けませんでした。ページを開き直して、もう一度お試しください。何も変更されていません。',
    en: 'This did not come from our own page, so it was refused. Open the page again and repeat it. Nothing was changed.',
  })
}

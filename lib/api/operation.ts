/** One thing that programs may ask for. The table of these is what is served, what is described, and what is tested. */
import type { z } from 'zod'
import type { Actor } from '#lib/accounts/actor.ts'
import type { ApiScope } from '#lib/accounts/api-scopes.ts'
import type { UserMessage } from '#lib/errors/app-error.ts'

export const methods = ['GET', 'POST', 'PUT'] as const
export type Method = (typeof methods)[number]

type Shape = z.ZodObject
/** What is not given counts as nothing. */
type Given<S extends Shape | undefined> = S extends Shape ? z.output<S> : unknown

export type Operation = {
  /** verbNoun, as in the description */
  readonly id: string
  readonly method: Method
  /** "/mailboxes/{mailboxId}" */
  readonly path: string
  readonly scope: ApiScope
  readonly summary: UserMessage
  readonly params?: Shape
  readonly query?: Shape
  readonly body?: Shape
  /** absent: 204, nothing to say */
  readonly answer?: z.ZodType
  /** of a new thing: 201 */
  readonly creates?: boolean
  /** fields of the answer that are said once and never again, not even to the same Idempotency-Key */
  readonly secrets?: readonly string[]
  readonly perform: (actor: Actor, input: never) => Promise<unknown>
}

/** @returns the same, with its input checked against its schemas */
export function defineOperation<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  operation: Omit<Operation, 'params' | 'query' | 'body' | 'perform'> & {
    readonly params?: P
    readonly query?: Q
    readonly body?: B
    readonly perform: (actor: Actor, input: Given<P> & Given<Q> & Given<B>) => Promise<unknown>
  },
): Operation {
  return operation as Operation
}

/** What was kept of a request: read by the schema of its use-case, told in facts, and done. */
import type { z } from 'zod'
import type { Session } from '#lib/auth/web-sessions.ts'
import type { Fact } from './facts.ts'

export type KeptOrder = {
  readonly facts: () => Promise<readonly Fact[]>
  /** null: it takes something that was not kept, and is done where it was asked for */
  readonly perform: ((session: Session, reason: string) => Promise<unknown>) | null
  /** whoever does it has to have proved within minutes who they are */
  readonly takesProof: boolean
}

type Definition<Ordered> = {
  readonly facts: (ordered: Ordered) => Promise<readonly Fact[]>
  readonly perform: ((session: Session, order: Ordered & { readonly reason: string }) => Promise<unknown>) | null
  readonly takesProof?: boolean
}

export type ReadOrder = (kept: unknown) => KeptOrder | null

/** @returns what reads it; null for what an older version kept, which nobody can do any more */
export function orderOf<Schema extends z.ZodObject>(
  schema: Schema,
  { facts, perform, takesProof = false }: Definition<z.output<Schema>>,
): ReadOrder {
  return (kept) => {
    const { data } = schema.safeParse(kept)
    if (data === undefined) return null
    return {
      facts: () => facts(data),
      perform: perform === null ? null : (session, reason) => perform(session, { ...data, reason }),
      takesProof,
    }
  }
}

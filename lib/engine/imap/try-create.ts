import { StoreRefusal } from '../store/store-refusal.ts'

/** The target of a COPY, MOVE or APPEND is missing: the client may make it and try again (RFC 9051 §7.1 TRYCREATE). */
export class MissingTarget extends Error {}

export async function tryCreate<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (error instanceof StoreRefusal && error.reason === 'noSuchFolder') throw new MissingTarget()
    throw error
  }
}
